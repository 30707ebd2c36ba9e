package dev.credmill.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;
import dev.credmill.backing.BackingTestResource;
import dev.credmill.backing.Mailbox;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Measures, when asked with {@code -Dmeasure.messages=20000}, from event to mailbox. */
@QuarkusTest
@EnabledIfSystemProperty(named = "measure.messages", matches = "\\d+")
@WithTestResource(BackingTestResource.class)
@WithTestResource(MailboxTestResource.class)
class SendingRateIT {
  private static final Logger LOG = Logger.getLogger(SendingRateIT.class);
  Mailbox mailbox;
  @Inject EventPublisher publisher;
  @Inject Outcomes outcomes;

  @Test
  void everyMessageArrivesOnce() {
    int count = Integer.getInteger("measure.messages");
    for (int round = 1; round <= 3; round++) {
      // Given
      BatchId batch = BatchId.at(Instant.now());
      List<DeliveryRequested> requests =
          IntStream.range(2, count + 2)
              .mapToObj(
                  n -> Requests.email(new RowId(batch, n), "r%d@example.com".formatted(n), "Ada"))
              .toList();
      int before = mailbox.count();
      long start = System.nanoTime();
      long cpu = cpuNanos();
      // When
      publisher.publish(requests);
      await()
          .pollInterval(Duration.ofMillis(50))
          .atMost(Duration.ofMinutes(5))
          .until(() -> mailbox.count() >= before + count);
      // Then
      double seconds = (System.nanoTime() - start) / 1e9;
      LOG.warnf(
          "%d messages in %.1f s: %.0f/s, %.0f us of CPU each (sender, mailbox and broker)",
          count, seconds, count / seconds, (cpuNanos() - cpu) / 1e3 / count);
      outcomes.of(new RowId(batch, count + 1), 1);
      assertThat(mailbox.count()).isEqualTo(before + count);
    }
  }

  /** What this process used: on a busy machine it says more than the clock. */
  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
