package dev.credmill.batch.status;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.credmill.batch.Batch;
import dev.credmill.contracts.delivery.SendingPause;
import dev.credmill.contracts.delivery.SendingPauseClient;
import dev.credmill.contracts.id.OrganizationId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * Says of a batch whose messages wait why they do. It may be some seconds late, and says nothing
 * where the notification worker does not.
 */
@ApplicationScoped
class SendingPauses {
  private static final Logger LOG = Logger.getLogger(SendingPauses.class);
  private static final Duration REMEMBERED = Duration.ofSeconds(5);

  private final SendingPauseClient client;
  private final Cache<OrganizationId, List<SendingPause>> pauses =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(10_000).build();

  SendingPauses(@RestClient SendingPauseClient client) {
    this.client = client;
  }

  BatchView told(OrganizationId organization, BatchView batch) {
    List<Batch.Warning> warnings =
        batch.delivery().open() == 0
            ? List.of()
            : pauses.get(organization, this::ask).stream()
                .filter(pause -> batch.media().contains(pause.medium().name()))
                .map(pause -> new Batch.Warning("sending-paused", pause.detail(), null))
                .toList();
    return warnings.isEmpty() ? batch : batch.andWarnings(warnings);
  }

  private List<SendingPause> ask(OrganizationId organization) {
    try {
      return client.of(organization.value());
    } catch (RuntimeException e) {
      LOG.debugf(e, "the notification worker did not say whether messages wait");
      return List.of();
    }
  }
}
