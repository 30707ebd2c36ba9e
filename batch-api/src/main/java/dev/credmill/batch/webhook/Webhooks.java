package dev.credmill.batch.webhook;

import dev.credmill.batch.BatchConfig;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.TimeOrderedId;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The webhooks of an organization: made, changed, taken away. */
@ApplicationScoped
class Webhooks {
  private static final String TEST = "{\"webhookId\":\"%s\"}";
  private final WebhookConfig config;
  private final WebhookHosts hosts;
  private final Secrets secrets;
  private final MessageTable messages;
  private final DeliveryTable deliveries;
  private final WebhookLane lane;
  private final Clock clock;

  Webhooks(
      BatchConfig config,
      WebhookHosts hosts,
      Secrets secrets,
      MessageTable messages,
      DeliveryTable deliveries,
      WebhookLane lane,
      Clock clock) {
    this.config = config.webhooks();
    this.hosts = hosts;
    this.secrets = secrets;
    this.messages = messages;
    this.deliveries = deliveries;
    this.lane = lane;
    this.clock = clock;
  }

  /** With its secret, which is shown here once. */
  WebhookView create(Caller caller, WebhookRequest request) {
    if (request.status() != null) {
      throw ProblemType.WEBHOOK_INVALID.because("A new webhook is enabled; leave status out");
    }
    List<String> types = request.checkedTypes();
    if (types == null) {
      throw ProblemType.WEBHOOK_INVALID.because(
          "eventTypes holds one or more of " + EventType.ALL_TEXT);
    }
    Webhook webhook = new Webhook();
    webhook.id = TimeOrderedId.at(clock.instant());
    webhook.organization = caller.organization().value();
    webhook.url = checkedUrl(request.url());
    webhook.description = request.checkedDescription();
    webhook.eventTypes = types;
    webhook.createdBy = caller.keyId();
    webhook.createdAt = clock.instant();
    return QuarkusTransaction.requiringNew().call(() -> insert(caller.organization(), webhook));
  }

  private WebhookView insert(OrganizationId organization, Webhook webhook) throws SQLException {
    messages.oneAtATime(organization);
    if (Webhook.count(organization) >= config.perOrganization()) {
      throw ProblemType.CONFLICT.because(
          "An organization has at most %d webhooks; delete one first"
              .formatted(config.perOrganization()));
    }
    webhook.persistAndFlush();
    return WebhookView.of(webhook, secrets.first(webhook.id));
  }

  /** Before anything is stored, and outside of any transaction: names may take their time. */
  private String checkedUrl(String url) {
    hosts.check(Destination.of(url, config.plainHttp()), config.timeout());
    return url;
  }

  List<WebhookView> list(OrganizationId organization, UUID after, int most) {
    return QuarkusTransaction.requiringNew()
        .call(() -> Webhook.of(organization, after, most).stream().map(WebhookView::of).toList());
  }

  WebhookView get(OrganizationId organization, UUID id) {
    return QuarkusTransaction.requiringNew().call(() -> WebhookView.of(seen(organization, id)));
  }

  /** What is disabled sends nothing more: what waited is given up, and can be sent again later. */
  WebhookView change(OrganizationId organization, UUID id, WebhookRequest request) {
    get(organization, id);
    String url = request.url() == null ? null : checkedUrl(request.url());
    List<String> types = request.checkedTypes();
    Boolean enabled = request.enabled();
    String description = request.checkedDescription();
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              Webhook webhook = held(organization, id);
              webhook.url = url == null ? webhook.url : url;
              webhook.eventTypes = types == null ? webhook.eventTypes : types;
              webhook.description =
                  request.description() == null ? webhook.description : description;
              if (enabled != null) {
                enable(webhook, enabled);
              }
              return WebhookView.of(webhook);
            });
  }

  private void enable(Webhook webhook, boolean enabled) throws SQLException {
    if (enabled) {
      webhook.enable();
    } else if (!webhook.disabled()) {
      webhook.disable(DisabledBecause.SWITCHED_OFF, clock.instant());
      deliveries.giveUp(webhook.id);
    }
  }

  void delete(OrganizationId organization, UUID id) {
    QuarkusTransaction.requiringNew().run(() -> held(organization, id).delete());
  }

  SecretView secret(OrganizationId organization, UUID id) {
    return QuarkusTransaction.requiringNew()
        .call(() -> SecretView.of(secrets.of(seen(organization, id).id)));
  }

  /**
   * A new secret.
   *
   * @param overlap for how long the old one goes on signing; null for as long as is usual
   */
  SecretView rotate(OrganizationId organization, UUID id, Duration overlap) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              Webhook webhook = held(organization, id);
              secrets.next(webhook.id, overlap == null ? config.secretOverlap() : overlap);
              return SecretView.of(secrets.of(webhook.id));
            });
  }

  /** Sends a message that says nothing, now. */
  MessageId test(OrganizationId organization, UUID id) {
    Instant now = clock.instant();
    MessageId message = MessageId.at(now);
    boolean sent =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  seen(organization, id);
                  return messages.addFor(
                      id,
                      new MessageTable.Message(
                          message,
                          organization,
                          EventType.WEBHOOK_TEST,
                          null,
                          now,
                          TEST.formatted(id)),
                      now);
                });
    if (!sent) {
      throw disabled();
    }
    lane.wake();
    return message;
  }

  /** In the transaction at hand. */
  Webhook seen(OrganizationId organization, UUID id) {
    return Webhook.of(organization, id).orElseThrow(Webhooks::notFound);
  }

  /** Held until the transaction ends. */
  Webhook held(OrganizationId organization, UUID id) {
    return Webhook.locked(id)
        .filter(webhook -> webhook.organization.equals(organization.value()))
        .orElseThrow(Webhooks::notFound);
  }

  static ProblemException disabled() {
    return ProblemType.CONFLICT.because(
        "The webhook is disabled; PATCH it with {\"status\": \"ENABLED\"} first");
  }

  static ProblemException notFound() {
    return ProblemType.NOT_FOUND.because(
        "There is no webhook of that id; GET /v1/webhooks lists yours");
  }
}
