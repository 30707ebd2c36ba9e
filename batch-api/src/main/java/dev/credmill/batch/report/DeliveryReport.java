package dev.credmill.batch.report;

import dev.credmill.batch.row.DeliveryReasons;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import java.util.List;
import java.util.Map;

/**
 * What became of a batch's messages, as it is told by mail.
 *
 * @param name how the issuer knows the batch: its label, or the name of its file
 * @param number which report of the batch this is, counted from 1
 * @param before what the report before this one said; null where there is none
 * @param tallies of the media that were used
 */
record DeliveryReport(
    BatchId batch,
    OrganizationId organization,
    String name,
    String status,
    int number,
    Before before,
    List<String> recipients,
    Map<Medium, Tally> tallies,
    List<DeliveryReasons.Reason> reasons) {

  /** How many messages had not arrived, and how many still waited. */
  record Before(int undelivered, int waiting) {}

  /** How many messages are in which state. */
  record Tally(int waiting, int sent, int delivered, int failed, int bounced, int suppressed) {
    int undelivered() {
      return failed + bounced + suppressed;
    }

    int all() {
      return waiting + sent + delivered + undelivered();
    }
  }

  int undelivered() {
    return tallies.values().stream().mapToInt(Tally::undelivered).sum();
  }

  int waiting() {
    return tallies.values().stream().mapToInt(Tally::waiting).sum();
  }

  private int all() {
    return tallies.values().stream().mapToInt(Tally::all).sum();
  }

  /** Whether it says anything that the one before did not: more came back, or nothing waits now. */
  boolean isNews() {
    return before == null
        || before.undelivered() != undelivered()
        || before.waiting() > 0 && waiting() == 0;
  }

  String subject() {
    String what =
        undelivered() == 0
            ? "no message came back"
            : "%,d of %,d messages did not arrive".formatted(undelivered(), all());
    return "Delivery report for %s: %s".formatted(name, what);
  }

  /**
   * All of it in plain text.
   *
   * @param url of the batch
   * @param attached how many rows the attached sheet has
   */
  String text(String url, int attached) {
    StringBuilder text = new StringBuilder();
    text.append("Batch \"%s\", %s\n%s\n".formatted(name, status, url));
    tallies.forEach((medium, tally) -> text.append('\n').append(line(medium, tally)));
    if (before != null) {
      text.append(
          "\n\nThis is report %d: when the one before was sent, %,d messages had not arrived."
              .formatted(number, before.undelivered()));
    }
    if (waiting() > 0) {
      text.append("\n\nMessages that wait are still being tried; another report follows.");
    }
    if (!reasons.isEmpty()) {
      text.append("\n\nWhy messages did not arrive:\n");
      reasons.forEach(reason -> text.append('\n').append(line(reason)));
      text.append("\n\n").append(sheet(attached));
      text.append(
          "\n\nCorrect a contact and send the row's message once more:\n  POST %s/rows/{row}/resend  {\"contact\": \"...\"}"
              .formatted(url));
    }
    return text.append(
            "\n\nThe numbers as they are now:\n  GET %s/delivery-report\n".formatted(url))
        .toString();
  }

  private String sheet(int attached) {
    return attached < undelivered()
        ? "The first %,d of these rows are attached; GET /v1/batches/%s/delivery-report.csv has all of them."
            .formatted(attached, batch)
        : "The rows are attached.";
  }

  private static String line(Medium medium, Tally tally) {
    return "%s: %,d sent, %,d delivered, %,d failed, %,d bounced, %,d suppressed, %,d waiting"
        .formatted(
            medium == Medium.EMAIL ? "Email" : "SMS",
            tally.sent(),
            tally.delivered(),
            tally.failed(),
            tally.bounced(),
            tally.suppressed(),
            tally.waiting());
  }

  private static String line(DeliveryReasons.Reason reason) {
    return "  %,d x %s %s, first in row %d: %s"
        .formatted(
            reason.rows(), reason.medium(), reason.status(), reason.firstRow(), reason.example());
  }
}
