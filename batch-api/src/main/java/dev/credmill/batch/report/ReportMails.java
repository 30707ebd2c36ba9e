package dev.credmill.batch.report;

import dev.credmill.batch.Batch;
import dev.credmill.batch.row.UndeliveredRows;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.mail.OrganizationMail;
import dev.credmill.contracts.mail.OrganizationMailClient;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.Registry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * Sends the reports that are due, one mail to each recipient. Who has it is written down at once; a
 * process that dies in between sends the same mail once more, with the same Message-ID.
 */
@ApplicationScoped
class ReportMails {
  private static final Logger LOG = Logger.getLogger(ReportMails.class);

  /** Longer than ten recipients take at worst. */
  private static final Duration LEASE = Duration.ofMinutes(10);

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final Duration GIVEN_UP_AFTER = Duration.ofDays(2);

  private final ReportQueue queue;
  private final ReportTable table;
  private final UndeliveredRows rows;
  private final OrganizationMailClient mails;
  private final Registry registry;
  private final Clock clock;

  ReportMails(
      ReportQueue queue,
      ReportTable table,
      UndeliveredRows rows,
      @RestClient OrganizationMailClient mails,
      Registry registry,
      Clock clock) {
    this.queue = queue;
    this.table = table;
    this.rows = rows;
    this.mails = mails;
    this.registry = registry;
    this.clock = clock;
  }

  @Scheduled(
      identity = "batch-delivery-reports",
      every = "${batch.delivery-reports.every:10s}",
      delayed = "5s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() throws SQLException {
    queue.addOpen();
    for (Optional<ReportQueue.Due> due = queue.claim(LEASE);
        due.isPresent();
        due = queue.claim(LEASE)) {
      send(due.get());
    }
  }

  private void send(ReportQueue.Due due) throws SQLException {
    try {
      Optional<DeliveryReport> report = table.read(due.batch()).filter(DeliveryReport::isNews);
      if (report.isPresent()) {
        send(due, report.get());
      }
      done(due, report);
    } catch (RuntimeException | IOException | SQLException e) {
      if (due.since().plus(GIVEN_UP_AFTER).isBefore(clock.instant())) {
        LOG.warnf(e, "the delivery report of batch %s is given up", due.batch());
        done(due, Optional.empty());
      } else {
        LOG.warnf(
            "the delivery report of batch %s could not be sent and is tried again: %s",
            due.batch(), e.getClass().getName());
        LOG.debug("the report could not be sent", e);
        queue.putBack(due, pause(due.attempt()));
      }
    }
  }

  private void send(ReportQueue.Due due, DeliveryReport report) throws IOException, SQLException {
    String publicUrl =
        registry.organization(report.organization()).map(Organization::publicUrl).orElseThrow();
    Batch batch = QuarkusTransaction.requiringNew().call(() -> batch(report.batch()));
    Optional<UndeliveredRows.Sheet> sheet =
        report.undelivered() == 0 ? Optional.empty() : Optional.of(rows.sheet(batch));
    String text =
        report.text(
            publicUrl + "/v1/batches/" + report.batch(),
            sheet.map(UndeliveredRows.Sheet::rows).orElse(0));
    for (int i = 0; i < report.recipients().size(); i++) {
      String recipient = report.recipients().get(i);
      if (!due.told().contains(recipient)) {
        send(
            new OrganizationMail(
                "delivery-report.%s.%d.%d".formatted(report.batch(), report.number(), i),
                report.organization(),
                recipient,
                report.subject(),
                text,
                sheet
                    .map(
                        one ->
                            new OrganizationMail.Attachment(
                                "delivery-report-%s.csv".formatted(report.batch()), one.csv()))
                    .orElse(null)));
        queue.told(due, recipient);
      }
    }
  }

  /** One that is refused for good keeps it from nobody else. */
  private void send(OrganizationMail mail) {
    try {
      mails.send(mail);
    } catch (WebApplicationException e) {
      if (e.getResponse().getStatus() != ProblemType.MESSAGE_NOT_DELIVERED.status()) {
        throw e;
      }
      LOG.warnf("%s of organization %s was refused for good", mail, mail.organization());
    }
  }

  private void done(ReportQueue.Due due, Optional<DeliveryReport> report) {
    QuarkusTransaction.requiringNew()
        .call(
            () -> {
              if (report.isPresent()) {
                table.sent(report.get());
              }
              queue.remove(due);
              return null;
            });
  }

  private static Batch batch(BatchId id) {
    return Batch.of(id).orElseThrow();
  }

  private static Duration pause(int attempt) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
