package dev.credmill.batch.resend;

import dev.credmill.batch.Batch;
import dev.credmill.batch.BatchConfig;
import dev.credmill.batch.duplicate.Duplicates;
import dev.credmill.batch.duplicate.RowIdentity;
import dev.credmill.batch.duplicate.RowKeyBlock;
import dev.credmill.batch.outcome.MessagesWanted;
import dev.credmill.batch.status.Counter;
import dev.credmill.batch.status.Counts;
import dev.credmill.batch.validation.ContactCheck;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Has messages sent once more, each as a new one: commit, then publish. If the process dies in
 * between, they are found waiting and asked for again like any others.
 */
@ApplicationScoped
class Resends {
  private static final int CHUNK = 1_000;

  /** What is under way still must not be doubled by a person's impatience. */
  static final Set<DeliveryStatus> SENDABLE =
      EnumSet.of(
          DeliveryStatus.SENT,
          DeliveryStatus.DELIVERED,
          DeliveryStatus.FAILED,
          DeliveryStatus.BOUNCED,
          DeliveryStatus.SUPPRESSED);

  private final ResendTable table;
  private final Duplicates duplicates;
  private final Counts counts;
  private final MessagesWanted messages;
  private final EventPublisher publisher;
  private final BatchConfig config;

  Resends(
      ResendTable table,
      Duplicates duplicates,
      Counts counts,
      MessagesWanted messages,
      EventPublisher publisher,
      BatchConfig config) {
    this.table = table;
    this.duplicates = duplicates;
    this.counts = counts;
    this.messages = messages;
    this.publisher = publisher;
    this.config = config;
  }

  /**
   * Sends the message of one row once more.
   *
   * @param contact where to from now on; null for where it went before
   * @throws ProblemException when there is nothing to send, or it is under way still
   */
  void row(Batch batch, int number, Medium medium, String contact, String by) {
    mustBeMedium(batch, medium);
    String checked = contact == null ? null : checked(medium, contact);
    inTransaction(
        () -> {
          ResendTable.One one =
              table.lock(batch, number, medium).orElseThrow(() -> notIssued(number));
          if (one.isRevoked()) {
            throw ProblemType.CONFLICT.because(
                "The credential of row %d is revoked, so there is nothing to send of it"
                    .formatted(number));
          }
          if (checked == null && one.contact(medium) == null) {
            throw ProblemType.CONFLICT.because(
                "Row %d has no contact for the medium %s; send one along"
                    .formatted(number, medium));
          }
          // Nobody was written to over the medium of the fallback before an email failed.
          boolean isFirst = one.standing().status() == DeliveryStatus.NOT_REQUESTED;
          if (!isFirst && !SENDABLE.contains(one.standing().status())) {
            throw ProblemType.CONFLICT.because(
                "The message of row %d is %s; wait what becomes of it"
                    .formatted(number, one.standing().status()));
          }
          if (checked != null) {
            move(batch, medium, one, checked);
          }
          sendAgain(batch, medium, List.of(one.standing()), by);
          return null;
        });
    publish(batch, new int[] {number});
  }

  /** Sends all messages once more that are in one of some states; says how many those are. */
  int all(Batch batch, Medium medium, Set<DeliveryStatus> states, String by) {
    mustBeMedium(batch, medium);
    int sent = 0;
    int after = 0;
    while (true) {
      int behind = after;
      List<ResendTable.Standing> chunk =
          inTransaction(
              () -> {
                List<ResendTable.Standing> found = table.lock(batch, behind, medium, states, CHUNK);
                sendAgain(batch, medium, found, by);
                return found;
              });
      if (chunk.isEmpty()) {
        return sent;
      }
      publish(batch, chunk.stream().mapToInt(ResendTable.Standing::number).toArray());
      sent += chunk.size();
      after = chunk.getLast().number();
    }
  }

  private void sendAgain(Batch batch, Medium medium, List<ResendTable.Standing> found, String by)
      throws SQLException {
    if (found.isEmpty()) {
      return;
    }
    table.sendAgain(batch, medium, found, by);
    Counts.Changes changes = new Counts.Changes();
    for (ResendTable.Standing message : found) {
      Counter.of(medium, message.status()).ifPresent(c -> changes.add(batch.batchId(), c, -1));
      Counter.of(medium, DeliveryStatus.PENDING).ifPresent(c -> changes.add(batch.batchId(), c, 1));
    }
    counts.apply(changes, Counts.OWN_SLOT);
  }

  /** The credential says what it said; only where to write to is another. */
  private void move(Batch batch, Medium medium, ResendTable.One one, String contact)
      throws SQLException {
    RowIdentity row = one.identity();
    RowIdentity moved =
        new RowIdentity(
            row.number(),
            row.definitionId(),
            row.reference(),
            row.firstName(),
            row.lastName(),
            medium == Medium.EMAIL ? contact : row.email(),
            medium == Medium.SMS ? contact : row.phone(),
            row.claims());
    table.contact(batch, one, medium, contact);
    duplicates.remove(batch.organizationId(), batch.batchId(), List.of(row));
    RowKeyBlock block = new RowKeyBlock(batch.organizationId());
    block.add(moved);
    duplicates.findAndAdd(batch.batchId(), block);
  }

  private void publish(Batch batch, int[] numbers) {
    try {
      List<DeliveryRequested> wanted = messages.of(batch.batchId(), numbers);
      publisher.publish(wanted);
    } catch (SQLException e) {
      throw new IllegalStateException("the wanted messages could not be read", e);
    }
  }

  private String checked(Medium medium, String contact) {
    return new ContactCheck(config.phoneRegion().orElse(null))
        .of(medium, contact.strip())
        .orElseThrow(() -> ProblemType.INVALID_BODY.because(ContactCheck.advice(medium)));
  }

  private static void mustBeMedium(Batch batch, Medium medium) {
    if (!batch.mayUse(medium)) {
      throw ProblemType.CONFLICT.because(
          "The batch has no messages over the medium %s".formatted(medium));
    }
  }

  private static ProblemException notIssued(int number) {
    return ProblemType.CONFLICT.because(
        "Row %d is not issued, so there is nothing to send of it".formatted(number));
  }

  private static <T> T inTransaction(Callable<T> work) {
    return QuarkusTransaction.requiringNew().call(work);
  }
}
