package dev.credmill.batch;

import dev.credmill.contracts.event.CredentialOutcome;
import dev.credmill.contracts.event.CredentialRequested;
import dev.credmill.contracts.event.EventPublisher;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Batches of Acme whose rows are issued, by the test in the place of the issuance worker. */
public final class IssuedBatches implements AutoCloseable {
  public static final String HEADER =
      "Reference,First Name,Last Name,Email,Expiration,Degree,Hours\n";
  private final EventPublisher publisher;
  private final Topic<CredentialRequested> requests =
      new Topic<>(CredentialRequested.TOPIC, CredentialRequested.class);

  public IssuedBatches(EventPublisher publisher) {
    this.publisher = publisher;
  }

  /**
   * A batch of rows 2 and on.
   *
   * @param references begin like this and end in the row's place, from 0
   * @param parts of the upload, besides what is issued
   */
  public String issued(int rows, String references, String... parts) {
    StringBuilder sheet = new StringBuilder(HEADER);
    for (int i = 0; i < rows; i++) {
      sheet.append(
          "%s-%d,Ada,Example %d,ada%d@example.org,,BSc,10\n".formatted(references, i, i, i));
    }
    String[] all = Arrays.copyOf(parts, parts.length + 4);
    System.arraycopy(
        new String[] {"definitionId", "diploma", "mode", "ISSUE"}, 0, all, parts.length, 4);
    String batch = Api.ACME.accepted(sheet.toString(), all);
    publisher.publish(answers(batch, rows));
    Api.ACME.untilStatus(batch, "COMPLETED");
    return batch;
  }

  /** What the issuance worker says when it has issued all that is asked for of a batch. */
  public List<CredentialOutcome.Issued> answers(String batch, int atLeast) {
    return requests.of(batch, atLeast).stream()
        .map(
            asked ->
                new CredentialOutcome.Issued(
                    asked.row(),
                    asked.run(),
                    "urn:uuid:" + UUID.randomUUID(),
                    batch + "_" + asked.row().number(),
                    Instant.parse("2026-11-22T10:00:00Z")))
        .toList();
  }

  /** The Cred_URL of a row. */
  public static String link(String batch, int row) {
    return "https://issuer.example/c/" + batch + "_" + row;
  }

  @Override
  public void close() {
    requests.close();
  }
}
