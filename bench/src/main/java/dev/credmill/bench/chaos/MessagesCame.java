package dev.credmill.bench.chaos;

import dev.credmill.bench.installation.MailSink;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether the mail server has what rows say that it has. */
final class MessagesCame {
  private final Sql sql;
  private final MailSink mail;
  private final Uploads uploads;
  private final Findings findings;

  MessagesCame(Sql sql, MailSink mail, Uploads uploads, Findings findings) {
    this.sql = sql;
    this.mail = mail;
    this.uploads = uploads;
    this.findings = findings;
  }

  /**
   * Looks at every message.
   *
   * @param strikes that can make a message go out twice
   * @param concurrency messages under way at once
   */
  void check(int strikes, int concurrency) throws SQLException {
    Map<String, MailSink.Received> byRecipient = new HashMap<>();
    List<String> breaches = new ArrayList<>();
    int extra = 0;
    for (Map.Entry<String, MailSink.Received> one : mail.received().entrySet()) {
      MailSink.Received received = one.getValue();
      extra += received.copies() - 1;
      if (received.copies() > 2) {
        breaches.add("%d copies of %s".formatted(received.copies(), one.getKey()));
      }
      if (byRecipient.put(received.recipient(), received) != null) {
        breaches.add("two Message-IDs for one recipient: " + one.getKey());
      }
    }
    int sent = 0;
    int failed = 0;
    for (Map.Entry<Sheet, String> upload : uploads.acknowledged().entrySet()) {
      for (Row row : Row.of(sql, upload.getValue())) {
        MailSink.Received received = byRecipient.remove(upload.getKey().email(row.number()));
        boolean due = row.issue().equals("ISSUED");
        String fault =
            switch (row.email()) {
              case "SENT" -> due && received != null && received.answered() > 0 ? null : "SENT";
              case "FAILED" -> due && row.problem() != null ? null : "FAILED without a reason";
              case "NOT_REQUESTED" -> !due && received == null ? null : "NOT_REQUESTED";
              default -> row.email();
            };
        sent += row.email().equals("SENT") ? 1 : 0;
        failed += row.email().equals("FAILED") ? 1 : 0;
        if (fault != null) {
          breaches.add(
              "row %d of %s: %s, received %s"
                  .formatted(row.number(), upload.getValue(), fault, received));
        }
      }
    }
    byRecipient.values().forEach(received -> breaches.add("nobody asked for " + received));
    if (extra > strikes * concurrency) {
      breaches.add("%d extra copies".formatted(extra));
    }
    findings.add(
        "every message came, or is FAILED with a reason; at most two copies",
        "%,d sent, %d failed, %d extra copies".formatted(sent, failed, extra),
        breaches);
  }
}
