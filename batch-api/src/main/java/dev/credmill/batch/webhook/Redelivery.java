package dev.credmill.batch.webhook;

import dev.credmill.contracts.id.OrganizationId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An organization looks at the messages to its webhooks, and has them sent again. */
@ApplicationScoped
class Redelivery {
  private final Webhooks webhooks;
  private final DeliveryLog log;
  private final WebhookLane lane;
  private final Clock clock;

  Redelivery(Webhooks webhooks, DeliveryLog log, WebhookLane lane, Clock clock) {
    this.webhooks = webhooks;
    this.log = log;
    this.lane = lane;
    this.clock = clock;
  }

  List<DeliveryView> list(
      OrganizationId organization,
      UUID webhook,
      DeliveryView.Status status,
      MessageId before,
      int most) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              webhooks.seen(organization, webhook);
              return log.list(webhook, status, before, most);
            });
  }

  DeliveryView find(OrganizationId organization, UUID webhook, MessageId id) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              webhooks.seen(organization, webhook);
              return found(webhook, id);
            });
  }

  DeliveryView again(OrganizationId organization, UUID webhook, MessageId id) {
    return again(
        organization,
        webhook,
        () -> {
          found(webhook, id);
          log.again(webhook, id, clock.instant());
          return found(webhook, id);
        });
  }

  int againSince(OrganizationId organization, UUID webhook, Instant since) {
    return again(organization, webhook, () -> log.againSince(webhook, since, clock.instant()));
  }

  /** What sets messages of an enabled webhook going again. */
  @FunctionalInterface
  private interface Change<T> {
    T apply() throws SQLException;
  }

  /** The webhook is held, so that nothing waits for one that is disabled meanwhile. */
  private <T> T again(OrganizationId organization, UUID webhook, Change<T> change) {
    T result =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  if (webhooks.held(organization, webhook).disabled()) {
                    throw Webhooks.disabled();
                  }
                  return change.apply();
                });
    lane.wake();
    return result;
  }

  private DeliveryView found(UUID webhook, MessageId id) throws SQLException {
    return log.find(webhook, id).orElseThrow(WebhookDeliveryResource::noMessage);
  }
}
