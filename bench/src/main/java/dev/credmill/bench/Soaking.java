package dev.credmill.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.bench.installation.Api;
import dev.credmill.bench.installation.DiplomaDefinition;
import dev.credmill.bench.installation.DiplomaSheet;
import dev.credmill.bench.installation.Installation;
import dev.credmill.bench.installation.MailSink;
import dev.credmill.bench.installation.MailSink.Manner;
import dev.credmill.bench.installation.Service;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Messages to a mail server that postpones one in ten and refuses one in twenty. Every message must
 * come to an end, and what the batch and its report say must be what the server knows.
 */
final class Soaking {
  private final MailSink mail;
  private final Api api;
  private final String definition;
  private final Path folder;
  private final Report report;

  Soaking(Installation installation, MailSink mail, Path folder, Report report) {
    this.mail = mail;
    this.api = new Api(installation.url(Service.BATCH_API), "acme-issuer-key");
    this.definition = DiplomaDefinition.of(installation, List.of(DiplomaDefinition.VC_JWT));
    this.folder = folder;
    this.report = report;
  }

  void run(int messages) throws Exception {
    Path sheet = new DiplomaSheet(messages, 900).csv(folder.resolve("sheet.csv"));
    mail.behave(Manner.IS_PICKY);
    long start = System.nanoTime();
    String id =
        api.upload(sheet, Map.of("definitionId", definition, "mode", "ISSUE", "medium", "EMAIL"));
    JsonNode batch = api.await(id, now -> now.path("delivery").hasNonNull("settledAt"));
    double seconds = (System.nanoTime() - start) / 1e9;
    mail.behave(Manner.TAKES);
    Files.delete(sheet);
    check(id, batch.path("delivery").path("EMAIL"), messages);
    Report.say(
        "%,d messages, %,d postponed at first, %,d refused: all ended after %.1f s, and all counts agree",
        messages, mail.postponed(), mail.refused().size(), seconds);
    report
        .entry("soaking")
        .put("messages", messages)
        .put("postponed", mail.postponed())
        .put("refused", mail.refused().size())
        .put("seconds", seconds);
  }

  private void check(String id, JsonNode email, int messages) {
    int refused = mail.refused().size();
    long taken =
        mail.received().values().stream()
            .filter(one -> one.recipient().startsWith(DiplomaSheet.recipients(900)))
            .count();
    must("every message is taken or refused", messages, taken + refused);
    must("waiting", 0, email.path("pending").asInt() + email.path("sending").asInt());
    must("sent", taken, email.path("sent").asInt());
    must("failed", refused, email.path("failed").asInt());
    mail.received()
        .forEach((message, one) -> must("copies of one message", one.answered(), one.copies()));
    JsonNode told = api.json("/v1/batches/" + id + "/delivery-report");
    must("failed in the report", refused, told.at("/delivery/EMAIL/failed").asInt());
    Map<String, Integer> reasons = new TreeMap<>();
    told.path("reasons")
        .forEach(one -> reasons.put(one.path("reason").asText(), one.path("rows").asInt()));
    Map<String, Integer> said = new TreeMap<>();
    mail.refused().values().forEach(code -> said.merge(code, 1, Integer::sum));
    if (!reasons.equals(said)) {
      throw new IllegalStateException(
          "the report gives %s, and it was %s".formatted(reasons, said));
    }
    String csv =
        new String(api.get("/v1/batches/" + id + "/delivery-report.csv"), StandardCharsets.UTF_8);
    must("rows in the report", refused, csv.lines().count() - 1);
  }

  private static void must(String what, long expected, long found) {
    if (expected != found) {
      throw new IllegalStateException("%s: %,d, not %,d".formatted(what, found, expected));
    }
  }
}
