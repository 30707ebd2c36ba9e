package dev.credmill.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class EventsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final OrganizationId ACME = new OrganizationId("acme");
  private static final RowId ROW = new RowId(BatchId.at(NOW), 1_234);

  @Test
  void whatIsWrittenIsReadAgain() {
    // Given
    CredentialRequested requested = requested(null, "{\"fullName\":\"Zoë \\\"Z\\\"\"}");
    CredentialOutcome issued = new CredentialOutcome.Issued(ROW, 1, "urn:uuid:x", "token", NOW);
    CredentialOutcome refused =
        new CredentialOutcome.Refused(
            ROW, 2, Problem.of(ProblemType.ROW_NOT_ISSUABLE, "not like this"));
    DeliveryRequested wanted =
        new DeliveryRequested(
            ROW,
            ACME,
            "diploma",
            Medium.SMS,
            DeliveryRequested.Purpose.ISSUED,
            1,
            "+4930901820",
            "Zoë",
            null,
            "https://issuer.example/c/token");
    DeliveryOutcome sent =
        new DeliveryOutcome(
            ROW, Medium.SMS, DeliveryRequested.Purpose.ISSUED, 1, DeliveryStatus.SENT, NOW, null);
    StatusRequested suspend = new StatusRequested(ROW, ACME, 3, StatusAction.SUSPEND);
    StatusRequested replace =
        new StatusRequested(ROW, ACME, 4, StatusAction.REVOKE, BatchId.at(NOW));
    // When, Then
    assertThat(readAgain(suspend, StatusRequested.class)).containsExactly(suspend);
    assertThat(readAgain(replace, StatusRequested.class)).containsExactly(replace);
    assertThat(readAgain(requested, CredentialRequested.class)).containsExactly(requested);
    assertThat(readAgain(issued, CredentialOutcome.class)).containsExactly(issued);
    assertThat(readAgain(refused, CredentialOutcome.class)).containsExactly(refused);
    assertThat(readAgain(wanted, DeliveryRequested.class)).containsExactly(wanted);
    assertThat(readAgain(sent, DeliveryOutcome.class)).containsExactly(sent);
  }

  @Test
  void anEventIsAnObjectWithAFieldForEachComponentAndNoneForNull() {
    // Given
    Problem problem =
        Problem.of(
            ProblemType.ROW_NOT_ISSUABLE,
            "not like this",
            List.of(new Problem.Fault("email", "required", "is missing")));
    CredentialOutcome refused = new CredentialOutcome.Refused(ROW, 2, problem);
    // When
    String json = new String(Events.write(requested(null, "{}")), StandardCharsets.UTF_8);
    // Then
    assertThat(json)
        .isEqualTo(
            "{\"row\":{\"batch\":\"%s\",\"number\":1234},\"run\":1,\"organization\":\"acme\",\"definitionId\":\"diploma\",\"batchSize\":2000,\"validFrom\":\"2026-11-22T10:00:00Z\",\"claims\":\"{}\"}"
                .formatted(ROW.batch()));
    assertThat(new String(Events.write(refused), StandardCharsets.UTF_8))
        .startsWith("{\"outcome\":\"refused\",\"row\":{")
        .contains("\"errors\":[{\"field\":\"email\"");
    assertThat(readAgain(refused, CredentialOutcome.class)).containsExactly(refused);
  }

  @Test
  void aClaimIsCarriedWhereItIsAskedFor() {
    // Given
    CredentialRequested requested =
        new CredentialRequested(
            ROW, 1, ACME, "diploma", null, 2_000, NOW, null, "{}", ClaimAccess.LINK_AND_CODE);
    CredentialOutcome issued =
        new CredentialOutcome.Issued(ROW, 1, "urn:uuid:x", "token", NOW, "claim", "012345");
    CredentialOutcome without = new CredentialOutcome.Issued(ROW, 1, "urn:uuid:x", "token", NOW);
    // When, Then
    assertThat(readAgain(requested, CredentialRequested.class)).containsExactly(requested);
    assertThat(readAgain(issued, CredentialOutcome.class)).containsExactly(issued);
    assertThat(new String(Events.write(without), StandardCharsets.UTF_8)).doesNotContain("claim");
  }

  @Test
  void linkAndCodeOfAClaimNeverGoInOneMessage() {
    assertThatThrownBy(
            () ->
                new DeliveryRequested(
                    ROW,
                    ACME,
                    "diploma",
                    Medium.EMAIL,
                    DeliveryRequested.Purpose.ISSUED,
                    1,
                    "ada@example.org",
                    "Ada",
                    null,
                    "https://issuer.example/c/token",
                    "https://issuer.example/claim/token",
                    "012345"))
        .hasMessageContaining("another way");
  }

  @Test
  void everyTimeIsReadAsItWasWritten() {
    // Given more than are remembered
    List<CredentialOutcome> issued = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      Instant time = NOW.plusNanos(1_000L * (i / 2) * 977).plusSeconds(i % 3);
      issued.add(new CredentialOutcome.Issued(ROW, i, "urn:uuid:x", "token", time));
    }
    // When
    List<CredentialOutcome> read = new ArrayList<>();
    issued.forEach(event -> read.addAll(readAgain(event, CredentialOutcome.class)));
    // Then
    assertThat(read).isEqualTo(issued);
    assertThat(new String(Events.write(issued.getFirst()), StandardCharsets.UTF_8))
        .contains("\"issuedAt\":\"2026-11-22T10:00:00Z\"");
  }

  @Test
  void whatCannotBeReadIsLeftOutAndTheRestIsKept() {
    // Given
    byte[] good = Events.write(requested(NOW, "{}"));
    byte[] newer = changed(good, "{\"row\"", "{\"addedLater\":true,\"row\"");
    byte[] nested = changed(good, "{\"row\"", "{\"addedLater\":{\"run\":[2,{\"run\":3}]},\"row\"");
    byte[] ofAnotherType =
        changed(good, "\"definitionId\":\"diploma\"", "\"definitionId\":{\"id\":\"diploma\"}");
    byte[] withoutRow = changed(good, "\"row\":", "\"line\":");
    byte[] cut = Arrays.copyOf(good, good.length - 20);
    byte[] impossible = changed(good, "\"number\":1234", "\"number\":1");
    // When
    List<CredentialRequested> read =
        read(
            CredentialRequested.class,
            "not json".getBytes(StandardCharsets.UTF_8),
            good,
            new byte[0],
            null,
            "null".getBytes(StandardCharsets.UTF_8),
            Events.write(requested(NOW, "{\"fullName\":\"\0\"}")),
            impossible,
            newer,
            ofAnotherType,
            withoutRow,
            cut,
            nested);
    // Then
    assertThat(read).hasSize(3).containsOnly(requested(NOW, "{}"));
  }

  @Test
  void aTextThatOnlySpellsANulIsRead() {
    // Given
    CredentialRequested spelled = requested(NOW, "{\"fullName\":\"" + "\\\\" + "u0000\"}");
    // Then
    assertThat(readAgain(spelled, CredentialRequested.class)).containsExactly(spelled);
  }

  @Test
  void neighboursShareAKeyAndBatchesDoNot() {
    // Given
    CredentialOutcome first = outcome(new RowId(ROW.batch(), 1_000));
    CredentialOutcome neighbour = outcome(new RowId(ROW.batch(), 1_499));
    CredentialOutcome farther = outcome(new RowId(ROW.batch(), 1_500));
    CredentialOutcome other = outcome(new RowId(BatchId.at(NOW), 1_000));
    // Then
    assertThat(neighbour.key()).isEqualTo(first.key());
    assertThat(List.of(farther.key(), other.key())).doesNotContain(first.key());
  }

  @Test
  void aRowBeyondItsBatchIsImpossible() {
    assertThatThrownBy(
            () -> new CredentialRequested(ROW, 1, ACME, "diploma", null, 1_232, NOW, null, "{}"))
        .hasMessageContaining("1232");
  }

  private static byte[] changed(byte[] json, String from, String to) {
    String text = new String(json, StandardCharsets.UTF_8);
    assertThat(text).contains(from);
    return text.replace(from, to).getBytes(StandardCharsets.UTF_8);
  }

  private static CredentialRequested requested(Instant validUntil, String claims) {
    return new CredentialRequested(ROW, 1, ACME, "diploma", null, 2_000, NOW, validUntil, claims);
  }

  private static CredentialOutcome outcome(RowId row) {
    return new CredentialOutcome.Issued(row, 1, "urn:uuid:x", "token", NOW);
  }

  private static <E extends Event> List<E> readAgain(Event event, Class<E> type) {
    return read(type, Events.write(event));
  }

  private static <E extends Event> List<E> read(Class<E> type, byte[]... values) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    for (byte[] value : values) {
      records.add(new ConsumerRecord<>("topic", 0, records.size(), "key", value));
    }
    return Events.read(
        new ConsumerRecords<>(Map.of(new TopicPartition("topic", 0), records), Map.of()), type);
  }
}
