package dev.credmill.notification.email.identity;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.notification.delivery.Attempt;
import java.util.Optional;

/** Whether mail goes over an organization's server. */
public interface ServerTrial {
  /**
   * Connects to an identity's own server, logs in and names the sender, and says why that does not
   * work, in the server's words; empty where it does. Nothing is sent.
   */
  Optional<String> run(SenderIdentity identity);

  /**
   * Sends a sample to a real address, the way the organization's messages go.
   *
   * @throws IllegalArgumentException when nobody can be written to at that address
   */
  Attempt send(OrganizationId organization, String to);
}
