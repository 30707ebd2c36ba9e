package dev.credmill.batch.webhook;

import dev.credmill.batch.status.BatchStatus;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.Validity;
import dev.credmill.contracts.problem.ProblemType;
import java.util.Arrays;
import java.util.Optional;

/** What a webhook can hear of. */
public enum EventType {
  BATCH_READY("batch.ready", Subject.BATCH),
  BATCH_NEEDS_FIXES("batch.needs_fixes", Subject.BATCH),
  BATCH_REJECTED("batch.rejected", Subject.BATCH),
  BATCH_COMPLETED("batch.completed", Subject.BATCH),
  ROW_ISSUED("row.issued", Subject.ROWS),
  ROW_DELIVERED("row.delivered", Subject.ROWS),
  ROW_DELIVERY_FAILED("row.delivery_failed", Subject.ROWS),
  CREDENTIAL_CLAIMED("credential.claimed", Subject.ROWS),
  CREDENTIAL_REVOKED("credential.revoked", Subject.ROWS),
  CREDENTIAL_SUSPENDED("credential.suspended", Subject.ROWS),
  CREDENTIAL_REINSTATED("credential.reinstated", Subject.ROWS),
  /** Sent when somebody asks for it, whatever a webhook has chosen. */
  WEBHOOK_TEST("webhook.test", Subject.WEBHOOK);

  enum Subject {
    BATCH,
    ROWS,
    WEBHOOK
  }

  /** A constant, since annotations take nothing else; a test holds it against the types. */
  static final String ALL_TEXT =
      "batch.ready, batch.needs_fixes, batch.rejected, batch.completed, row.issued, row.delivered, row.delivery_failed, credential.claimed, credential.revoked, credential.suspended, credential.reinstated";

  private final String text;
  private final Subject subject;

  EventType(String text, Subject subject) {
    this.text = text;
    this.subject = subject;
  }

  /** As messages, the API and the database have it. */
  String text() {
    return text;
  }

  Subject subject() {
    return subject;
  }

  static EventType of(String text) {
    return Arrays.stream(values())
        .filter(type -> type.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no type of event: " + text));
  }

  /** One that a caller chooses. */
  static EventType chosen(String text) {
    return Arrays.stream(values())
        .filter(type -> type.text.equals(text) && type != WEBHOOK_TEST)
        .findFirst()
        .orElseThrow(
            () ->
                ProblemType.WEBHOOK_INVALID.because("eventTypes holds one or more of " + ALL_TEXT));
  }

  /** What is told when a batch comes to rest; empty for what is no news. */
  static Optional<EventType> of(BatchStatus status) {
    return switch (status) {
      case READY -> Optional.of(BATCH_READY);
      case NEEDS_FIXES -> Optional.of(BATCH_NEEDS_FIXES);
      case REJECTED -> Optional.of(BATCH_REJECTED);
      case COMPLETED, COMPLETED_WITH_ERRORS, CANCELLED -> Optional.of(BATCH_COMPLETED);
      case RECEIVING, VALIDATING, SCHEDULED, ISSUING, PAUSED -> Optional.empty();
    };
  }

  /**
   * What is told of a message to a recipient. That it was sent is told once: what the provider
   * reports later of its arrival says nothing new.
   */
  public static Optional<EventType> of(DeliveryStatus before, DeliveryStatus now) {
    return switch (now) {
      case SENT -> Optional.of(ROW_DELIVERED);
      case DELIVERED ->
          before == DeliveryStatus.SENT ? Optional.empty() : Optional.of(ROW_DELIVERED);
      case FAILED, BOUNCED, SUPPRESSED -> Optional.of(ROW_DELIVERY_FAILED);
      case NOT_REQUESTED, PENDING, SENDING -> Optional.empty();
    };
  }

  /** What is told of a credential that is something else than before. */
  public static EventType of(Validity now) {
    return switch (now) {
      case REVOKED -> CREDENTIAL_REVOKED;
      case SUSPENDED -> CREDENTIAL_SUSPENDED;
      case ACTIVE -> CREDENTIAL_REINSTATED;
    };
  }
}
