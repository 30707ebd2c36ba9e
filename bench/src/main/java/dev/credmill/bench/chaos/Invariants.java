package dev.credmill.bench.chaos;

import dev.credmill.bench.installation.MailSink;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What must hold after a storm, by SQL, by the mail server and by a verifier of its own; the
 * product's counts are compared with these, never believed.
 */
final class Invariants {
  private final Sql sql;
  private final MailSink mail;
  private final String api;
  private final Verifier verifier;
  private final Uploads uploads;
  private final Findings findings;

  Invariants(
      Sql sql, MailSink mail, String api, Verifier verifier, Uploads uploads, Findings findings) {
    this.sql = sql;
    this.mail = mail;
    this.api = api;
    this.verifier = verifier;
    this.uploads = uploads;
    this.findings = findings;
  }

  /**
   * Looks at everything.
   *
   * @param strikes that can make a message go out twice
   * @param concurrency messages under way at once
   */
  void check(int strikes, int concurrency) throws Exception {
    nothingAcknowledgedIsLost();
    new CredentialsStored(sql, verifier, uploads, findings).check();
    new CountsAgree(sql, api, uploads, findings).check();
    new MessagesCame(sql, mail, uploads, findings).check(strikes, concurrency);
    findings.add(
        "no state went backwards, nothing stored was changed",
        "%,d steps seen by triggers".formatted(sql.count("select count(*) from chaos.step")),
        sql.lines(Audit.BACKWARDS));
  }

  private void nothingAcknowledgedIsLost() throws SQLException {
    List<String> breaches = new ArrayList<>(uploads.refused());
    for (Map.Entry<Sheet, String> upload : uploads.acknowledged().entrySet()) {
      long rows =
          sql.count(
              "select count(*) from batch.row where batch_id = ?",
              UUID.fromString(upload.getValue()));
      boolean partly =
          sql.count(
                  "select count(*) from batch.batch where id = ? and phase = 'VALIDATING' and cancelled_at is not null",
                  UUID.fromString(upload.getValue()))
              > 0;
      if (rows != upload.getKey().rows() && !partly) {
        breaches.add(
            "%s has %d rows of %d".formatted(upload.getValue(), rows, upload.getKey().rows()));
      }
    }
    long batches = sql.count("select count(*) from batch.batch");
    if (batches != uploads.sheets().size()) {
      breaches.add("%d sheets became %d batches".formatted(uploads.sheets().size(), batches));
    }
    findings.add(
        "nothing acknowledged is lost, nothing uploaded twice",
        "%d sheets, %d calls repeated".formatted(uploads.sheets().size(), uploads.repeated()),
        breaches);
  }
}
