package dev.credmill.notification.email;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.notification.delivery.Attempt;
import dev.credmill.notification.email.identity.SenderIdentity;
import dev.credmill.notification.email.identity.ServerTrial;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Tries an organization's mail server before messages wait for it. */
@ApplicationScoped
class OwnServerTrial implements ServerTrial {
  private final MailServers servers;
  private final SampleLetters samples;

  OwnServerTrial(MailServers servers, SampleLetters samples) {
    this.servers = servers;
    this.samples = samples;
  }

  @Override
  public Optional<String> run(SenderIdentity identity) {
    return servers.trial(identity);
  }

  @Override
  public Attempt send(OrganizationId organization, String to) {
    return samples.send(organization, to);
  }
}
