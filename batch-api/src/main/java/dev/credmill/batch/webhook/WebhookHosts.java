package dev.credmill.batch.webhook;

import dev.credmill.batch.BatchConfig;
import dev.credmill.contracts.network.Addresses;
import dev.credmill.contracts.network.Names;
import dev.credmill.contracts.network.PublicNetwork;
import dev.credmill.contracts.problem.ProblemType;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/** The hosts that messages may go to. */
@Startup
@Singleton
class WebhookHosts extends Addresses {
  WebhookHosts(Names names, BatchConfig config) {
    super(names, new PublicNetwork(config.webhooks().allowedNetworks().orElse(List.of())));
  }

  /** Passes only a destination that something can be sent to, as far as can be told now. */
  void check(Destination destination, Duration longest) {
    try {
      of(destination.host(), longest);
    } catch (UnknownHostException e) {
      throw ProblemType.WEBHOOK_ADDRESS_REFUSED.because(
          "The name of the host has no address; publish it first");
    } catch (Refused e) {
      throw ProblemType.WEBHOOK_ADDRESS_REFUSED.because(
          "The host's address is private, local or reserved; messages go to public addresses only");
    }
  }
}
