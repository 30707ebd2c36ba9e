package dev.credmill.batch.row;

import static java.util.Comparator.comparing;

import dev.credmill.batch.Batch;
import dev.credmill.contracts.delivery.DeliveryStep;
import dev.credmill.contracts.delivery.DeliveryStepClient;
import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import dev.credmill.contracts.event.DeliveryStatus;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * What happened to a row. The times that stand with the row tell most of it; changes of status have
 * a history of their own, and what servers said of messages is known to the notification worker.
 * Where that does not answer, the row is shown without their words.
 */
@ApplicationScoped
class Timelines {
  private static final Logger LOG = Logger.getLogger(Timelines.class);

  private static final String CHANGES =
      """
      select coalesce(s.finished_at, s.created_at), s.becomes, s.reason
      from status_change_row r join status_change s on s.number = r.change
      where r.batch_id = ? and r.row_number = ? and r.outcome = 'DONE'
      order by s.number
      """;

  private static final String RELAYED =
      """
      select s.at
      from sheet_row r join relay_step s on s.batch_id = r.batch_id and s.run = r.run
      where r.batch_id = ? and r.number = ? and s.up_to >= r.number and s.after < r.number
      order by s.up_to limit 1
      """;

  private final AgroalDataSource database;
  private final DeliveryStepClient messages;

  Timelines(
      @DataSource("batch") AgroalDataSource database, @RestClient DeliveryStepClient messages) {
    this.database = database;
    this.messages = messages;
  }

  /** What stands with the row itself. */
  static List<RowView.Step> own(Batch batch, ResultSet row) throws SQLException {
    List<RowView.Step> steps = new ArrayList<>();
    add(steps, batch.createdAt, "UPLOADED");
    add(steps, batch.validatedAt, "VALIDATED");
    IssueStatus issue = IssueStatus.valueOf(row.getString("issue"));
    if (issue == IssueStatus.QUEUED || issue == IssueStatus.ISSUED || issue == IssueStatus.FAILED) {
      add(steps, batch.startedAt, "STARTED");
    }
    add(steps, instant(row, "issued_at"), "ISSUED");
    add(steps, instant(row, "email_at"), "EMAIL_" + row.getString("email_delivery"));
    add(steps, instant(row, "sms_at"), "SMS_" + row.getString("sms_delivery"));
    String claim = row.getString("claim");
    add(steps, instant(row, "offered_at"), "OFFERED");
    if (!claim.equals("OFFERED")) {
      add(steps, instant(row, "claim_at"), claim);
    }
    add(steps, instant(row, "validity_at"), validity(row.getString("validity")));
    if (issue == IssueStatus.CANCELLED) {
      add(steps, batch.cancelledAt, "CANCELLED");
    }
    return steps;
  }

  /**
   * The row with all that is known of it: up to its issuance in the order in which that must
   * happen, whatever the clocks of services say, and from then on in the order of time.
   */
  RowView complete(Batch batch, RowView row) {
    List<RowView.Step> steps = new ArrayList<>(row.timeline());
    addRelayed(batch, row, steps);
    if (row.issue() != IssueStatus.ISSUED) {
      return row.with(steps);
    }
    replace(steps, "REVOKED|SUSPENDED|REINSTATED", changes(batch, row.number()));
    replace(steps, "(EMAIL|SMS)_.*", messages(batch, row));
    int issued = steps.stream().map(RowView.Step::event).toList().indexOf("ISSUED");
    steps.subList(issued + 1, steps.size()).sort(comparing(RowView.Step::at));
    return row.with(steps);
  }

  /** Since when the broker has it. */
  private void addRelayed(Batch batch, RowView row, List<RowView.Step> steps) {
    int started = steps.stream().map(RowView.Step::event).toList().indexOf("STARTED");
    if (started < 0) {
      return;
    }
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(RELAYED)) {
      select.setObject(1, batch.id);
      select.setInt(2, row.number());
      try (ResultSet relayed = select.executeQuery()) {
        if (relayed.next()) {
          steps.add(started + 1, new RowView.Step(instant(relayed, "at"), "RELAYED", null));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("when a row was relayed could not be read", e);
    }
  }

  /** What is told in more detail takes the place of what is told in less. */
  private static void replace(
      List<RowView.Step> steps, String events, List<RowView.Step> detailed) {
    if (!detailed.isEmpty()) {
      steps.removeIf(step -> step.event().matches(events));
      steps.addAll(detailed);
    }
  }

  private List<RowView.Step> changes(Batch batch, int number) {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(CHANGES)) {
      select.setObject(1, batch.id);
      select.setInt(2, number);
      List<RowView.Step> steps = new ArrayList<>();
      try (ResultSet change = select.executeQuery()) {
        while (change.next()) {
          steps.add(
              new RowView.Step(
                  change.getTimestamp(1).toInstant(),
                  validity(change.getString(2)),
                  change.getString(3)));
        }
      }
      return steps;
    } catch (SQLException e) {
      throw new IllegalStateException("the changes of status could not be read", e);
    }
  }

  private List<RowView.Step> messages(Batch batch, RowView row) {
    if (row.delivery().email() == DeliveryStatus.NOT_REQUESTED
        && row.delivery().sms() == DeliveryStatus.NOT_REQUESTED) {
      return List.of();
    }
    try {
      return messages.of(batch.id.toString(), row.number()).stream().map(Timelines::step).toList();
    } catch (RuntimeException e) {
      LOG.debugf(e, "the notification worker did not say what became of messages");
      return List.of();
    }
  }

  private static RowView.Step step(DeliveryStep step) {
    String kind = step.purpose() == Purpose.ISSUED ? "_" : "_NOTICE_";
    return new RowView.Step(step.at(), step.medium() + kind + step.status(), step.words());
  }

  /** Whoever is ACTIVE after a change was reinstated by it. */
  private static String validity(String validity) {
    return "ACTIVE".equals(validity) ? "REINSTATED" : validity;
  }

  private static void add(List<RowView.Step> steps, Instant at, String event) {
    if (at != null) {
      steps.add(new RowView.Step(at, event, null));
    }
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }
}
