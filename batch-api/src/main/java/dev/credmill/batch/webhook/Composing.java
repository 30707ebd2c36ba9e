package dev.credmill.batch.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.batch.BatchConfig;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes messages of what has happened: one for each event of a batch, one for up to a thousand
 * rows. Events go and messages come in one transaction.
 */
@ApplicationScoped
class Composing {
  private static final int GROUPS = 50;
  private static final int ENTRIES = 1_000;
  private final WebhookConfig config;
  private final WebhookEvents events;
  private final MessageTable messages;
  private final ObjectMapper json;
  private final Clock clock;

  Composing(
      BatchConfig config,
      WebhookEvents events,
      MessageTable messages,
      ObjectMapper json,
      Clock clock) {
    this.config = config.webhooks();
    this.events = events;
    this.messages = messages;
    this.json = json;
    this.clock = clock;
  }

  /** One turn; whether there may be more to do at once. */
  boolean round() {
    return QuarkusTransaction.requiringNew().call(this::compose);
  }

  private boolean compose() throws SQLException {
    if (!messages.alone()) {
      return false;
    }
    Instant now = clock.instant();
    List<WebhookEvents.Group> due =
        events.due(now, config.rowsPerMessage(), config.linger(), GROUPS);
    boolean more = due.size() == GROUPS;
    for (WebhookEvents.Group group : due) {
      List<WebhookEvents.Entry> entries = events.of(group, ENTRIES);
      more |= entries.size() == ENTRIES;
      switch (group.type().subject()) {
        case BATCH, WEBHOOK -> each(group, entries, now);
        case ROWS -> together(group, entries, now);
      }
    }
    return more;
  }

  private void each(WebhookEvents.Group group, List<WebhookEvents.Entry> entries, Instant now)
      throws SQLException {
    for (WebhookEvents.Entry entry : entries) {
      send(group, entry.at(), entry.content(), now);
    }
    events.delete(entries.stream().map(WebhookEvents.Entry::id).toList());
  }

  private void together(WebhookEvents.Group group, List<WebhookEvents.Entry> entries, Instant now)
      throws SQLException {
    Composition composition = new Composition(config.rowsPerMessage());
    for (WebhookEvents.Entry entry : entries) {
      composition.add(entry.id(), entry.at(), read(entry.content()));
    }
    if (group.lingered()) {
      composition.closeAll();
    }
    for (Composition.Message message : composition.messages()) {
      send(group, message.at(), text(message.parts()), now);
    }
    events.delete(composition.used());
    Optional<Composition.Cut> cut = composition.cut();
    if (cut.isPresent()) {
      events.leave(cut.get().entry(), cut.get().rest());
    }
  }

  private void send(WebhookEvents.Group group, Instant at, String content, Instant now)
      throws SQLException {
    messages.add(
        new MessageTable.Message(
            MessageId.at(now), group.organization(), group.type(), group.batch(), at, content),
        now);
  }

  private RowsPart read(String content) {
    try {
      return json.readValue(content, RowsPart.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what stands in webhook_event cannot be read", e);
    }
  }

  private String text(List<RowsPart> parts) {
    try {
      return json.writeValueAsString(parts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
