package dev.credmill.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.notification.NotificationConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryPlanTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private final NotificationConfig config =
      new SmallRyeConfigBuilder()
          .withMapping(NotificationConfig.class)
          .build()
          .getConfigMapping(NotificationConfig.class);
  private final RetryPlan plan = new RetryPlan(config);

  @Test
  void theDefaultsAreThoseThatTheDocumentationNames() {
    assertThat(config.claim()).isEqualTo(100);
    assertThat(config.lease()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.sendTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.pollInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.announceAfter()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.retention()).isEqualTo(Duration.ofDays(30));
    assertThat(config.retry().first()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.retry().longest()).isEqualTo(Duration.ofHours(1));
    assertThat(config.retry().attempts()).isEqualTo(50);
    assertThat(config.retry().age()).isEqualTo(Duration.ofDays(2));
    assertThat(config.email().inFlight()).isEqualTo(32);
    assertThat(config.sms().provider()).isEqualTo(NotificationConfig.Sms.Provider.NONE);
    assertThat(config.sms().twilio().baseUrl()).isEqualTo("https://api.twilio.com");
    assertThat(config.sms().twilio().perSecond()).isEqualTo(10);
    assertThat(config.sms().twilio().inFlight()).isEqualTo(20);
    assertThat(config.sms().smpp().port()).isEqualTo(2775);
    assertThat(config.sms().smpp().perSecond()).isEqualTo(10);
    assertThat(config.sms().smpp().window()).isEqualTo(10);
    assertThat(config.sms().smpp().enquireLink()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void pausesDoubleUpToTheLongest() {
    assertThat(pause(1)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    assertThat(pause(2)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20));
    assertThat(pause(5)).isBetween(Duration.ofSeconds(80), Duration.ofSeconds(160));
    assertThat(pause(49)).isBetween(Duration.ofMinutes(30), Duration.ofHours(1));
  }

  @Test
  void attemptsEndByCountAndByAge() {
    assertThat(plan.next(delivery(50, NOW), NOW)).isEmpty();
    assertThat(plan.next(delivery(2, NOW.minus(Duration.ofHours(49))), NOW)).isEmpty();
    assertThat(plan.next(delivery(2, NOW.minus(Duration.ofHours(47))), NOW)).isPresent();
  }

  @Test
  void whatWaitsForLaterMustNotBeTooOldByThen() {
    assertThat(plan.mayWait(delivery(1, NOW), NOW.plus(Duration.ofHours(48)))).isTrue();
    assertThat(plan.mayWait(delivery(1, NOW), NOW.plus(Duration.ofHours(49)))).isFalse();
  }

  private Duration pause(int attempt) {
    return Duration.between(NOW, plan.next(delivery(attempt, NOW), NOW).orElseThrow());
  }

  private static Delivery delivery(int attempt, Instant requestedAt) {
    return new Delivery(
        new DeliveryKey(new RowId(BatchId.at(NOW), 2), Medium.EMAIL, Purpose.ISSUED, 1),
        new OrganizationId("acme"),
        "diploma-1",
        "ada@example.com",
        "Ada",
        null,
        "https://credentials.example.org/c/x",
        null,
        null,
        attempt,
        0,
        requestedAt);
  }
}
