package dev.credmill.notification;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.RowId;
import dev.credmill.notification.SmscSimulator.Answer;
import dev.credmill.notification.SmscSimulator.Answer.Drop;
import dev.credmill.notification.SmscSimulator.Answer.ReceiptFirst;
import dev.credmill.notification.SmscSimulator.Answer.Silence;
import dev.credmill.notification.SmscSimulator.Answer.Status;
import dev.credmill.notification.SmscSimulator.Segment;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.OptionalParameter;
import org.junit.jupiter.api.Test;

/** Text messages over SMPP, and the receipts that come back. */
@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(SmscSimulator.class)
class SmppIT {
  private static final Answer THROTTLED = new Status(SMPPConstant.STAT_ESME_RTHROTTLED);
  private static final Answer QUEUE_FULL = new Status(SMPPConstant.STAT_ESME_RMSGQFUL);
  SmscSimulator smsc;
  @Inject EventPublisher publisher;
  @Inject Outcomes outcomes;
  @Inject DeliveryTable table;
  private final RowId row = Requests.row();

  @Test
  void aShortTextIsOneSegmentInTheSmscsOwnAlphabet() throws Exception {
    // When
    publisher.publish(List.of(membership("+4930902001")));
    assertThat(status(1)).isEqualTo(DeliveryStatus.SENT);
    // Then
    Segment segment = only("+4930902001");
    assertThat(segment.submitSm().getDataCoding()).isZero();
    assertThat(segment.submitSm().getEsmClass()).isZero();
    assertThat(segment.submitSm().getSourceAddr()).isEqualTo("Acme");
    assertThat(segment.submitSm().getRegisteredDelivery()).isEqualTo((byte) 1);
    String said = "Globex Corporation: Your membership " + Requests.LINK.replace('_', '\u0011');
    assertThat(new String(segment.body(), US_ASCII)).isEqualTo(said);
    assertThat(table.read(row, "segments")).isEqualTo("1");
    // When
    smsc.receipt(segment.id(), "DELIVRD", "000");
    // Then
    assertThat(status(2)).isEqualTo(DeliveryStatus.DELIVERED);
  }

  @Test
  void aLongTextIsDeliveredWhenAllOfItsSegmentsAre() throws Exception {
    // Given a text that says what a wallet needs, in the long alphabet
    publisher.publish(
        List.of(Requests.claimable(Requests.sms(row, "+4930902002"), Requests.CLAIM_LINK, null)));
    assertThat(status(1)).isEqualTo(DeliveryStatus.SENT);
    List<Segment> segments = smsc.taken("+4930902002");
    assertThat(segments).hasSize(3);
    assertThat(table.read(row, "segments")).isEqualTo("3");
    assertThat(text(segments))
        .isEqualTo(
            "Universität \"Acme\" 学: Your diploma 🎓 "
                + Requests.LINK
                + " Add to your wallet: "
                + Requests.CLAIM_LINK);
    // When all but one have arrived
    smsc.receipt(segments.get(2).id(), "DELIVRD", "000");
    smsc.receipt(segments.get(0).id(), "DELIVRD", "000");
    assertThat(table.read(row, "status")).isEqualTo("SENT");
    smsc.receipt(segments.get(1).id(), "DELIVRD", "000");
    // Then
    assertThat(status(2)).isEqualTo(DeliveryStatus.DELIVERED);
  }

  @Test
  void aReceiptMayComeBeforeTheAnswer() {
    // Given
    smsc.script("+4930902003", new ReceiptFirst("DELIVRD"));
    // When
    publisher.publish(List.of(membership("+4930902003")));
    // Then
    await().until(() -> table.read(row, "status").equals("DELIVERED"));
  }

  @Test
  void aFailureThatComesBeforeTheAnswerIsNotLost() {
    // Given
    smsc.script("+4930902004", new ReceiptFirst("UNDELIV"));
    // When
    publisher.publish(List.of(membership("+4930902004")));
    // Then
    await().until(() -> table.read(row, "returns").equals("1"));
    assertThat(table.read(row, "status")).isEqualTo("PENDING");
  }

  @Test
  void receiptsOfNobodyKnowsWhatAndThoseThatCannotBeReadAreTaken() throws Exception {
    smsc.receipt(0x7FFFFFF, "DELIVRD", "000");
    smsc.receipt("no receipt at all");
    smsc.receipt("");
    assertThat(smsc.binds()).isPositive();
  }

  @Test
  void receiptsThatSayTheSameTwiceOrThatItIsOnItsWayChangeNothing() throws Exception {
    // Given
    publisher.publish(List.of(membership("+4930902005")));
    status(1);
    int id = only("+4930902005").id();
    // When
    smsc.receipt(id, "ENROUTE", "000");
    smsc.receipt(id, "ACCEPTD", "000");
    smsc.receipt(id, "UNKNOWN", "000");
    assertThat(table.read(row, "status")).isEqualTo("SENT");
    smsc.receipt(id, "DELIVRD", "000");
    smsc.receipt(id, "DELIVRD", "000");
    smsc.receipt(id, "EXPIRED", "000");
    // Then
    assertThat(status(2)).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(table.read(row, "status")).isEqualTo("DELIVERED");
  }

  @Test
  void parametersNameTheSegmentAsTheAnswerDid() throws Exception {
    // Given
    publisher.publish(List.of(membership("+4930902006")));
    status(1);
    // When
    smsc.receipt(
        "",
        new OptionalParameter.Receipted_message_id(Integer.toHexString(only("+4930902006").id())),
        new OptionalParameter.Message_state((byte) 2));
    // Then
    assertThat(status(2)).isEqualTo(DeliveryStatus.DELIVERED);
  }

  @Test
  void aNumberThatTheNetworkDoesNotKnowBounces() throws Exception {
    // Given
    publisher.publish(List.of(membership("+4930902007")));
    status(1);
    // When
    smsc.receipt(only("+4930902007").id(), "UNDELIV", "1");
    // Then
    assertThat(status(2)).isEqualTo(DeliveryStatus.BOUNCED);
    assertThat(outcomes.of(row, 2).getLast().problem().detail())
        .isEqualTo("SMSC: UNDELIV, error 1");
  }

  @Test
  void whatIsThrottledGoesOutLaterAndCountsAsNoAttempt() {
    // Given
    smsc.script("+4930902008", THROTTLED, THROTTLED);
    // When
    publisher.publish(List.of(membership("+4930902008")));
    // Then
    assertThat(status(1)).isEqualTo(DeliveryStatus.SENT);
    assertThat(table.read(row, "attempts")).isEqualTo("1");
  }

  @Test
  void aFullQueueIsTriedAgain() {
    // Given
    smsc.script("+4930902009", QUEUE_FULL, QUEUE_FULL);
    // When
    publisher.publish(List.of(membership("+4930902009")));
    // Then
    assertThat(status(1)).isEqualTo(DeliveryStatus.SENT);
    assertThat(table.read(row, "attempts")).isEqualTo("3");
  }

  @Test
  void onlyTheSegmentsThatWereNotTakenAreSentOnceMore() {
    // Given
    smsc.script("+4930902010", new ReceiptFirst("ENROUTE"), QUEUE_FULL);
    // When
    publisher.publish(
        List.of(Requests.claimable(Requests.sms(row, "+4930902010"), Requests.CLAIM_LINK, null)));
    // Then
    assertThat(status(1)).isEqualTo(DeliveryStatus.SENT);
    assertThat(smsc.taken("+4930902010"))
        .extracting(segment -> segment.body()[5])
        .containsExactly((byte) 1, (byte) 2, (byte) 3);
  }

  @Test
  void aNumberThatTheSmscWillNotTakeFails() {
    // Given
    smsc.script("+4930902011", new Status(SMPPConstant.STAT_ESME_RINVDSTADR));
    // When
    publisher.publish(List.of(membership("+4930902011")));
    // Then
    assertThat(status(1)).isEqualTo(DeliveryStatus.FAILED);
    assertThat(outcomes.of(row, 1).getFirst().problem().detail())
        .contains("0x0000000B")
        .doesNotContain("902011");
  }

  @Test
  void aLinkThatBreaksIsMadeAnewAndTheMessageSentOnceMore() {
    // Given
    smsc.script("+4930902012", new Drop());
    int binds = smsc.binds();
    // When
    publisher.publish(List.of(membership("+4930902012")));
    // Then
    assertThat(status(1)).isEqualTo(DeliveryStatus.SENT);
    assertThat(smsc.binds()).isGreaterThan(binds);
    assertThat(smsc.taken("+4930902012")).hasSize(2);
    assertThat(table.read(row, "uncertain")).isEqualTo("1");
  }

  @Test
  void whatGetsNoAnswerTwiceIsNotSentAThirdTime() {
    // Given
    smsc.script("+4930902013", new Silence(), new Silence());
    // When
    publisher.publish(List.of(membership("+4930902013")));
    // Then
    assertThat(status(1)).isEqualTo(DeliveryStatus.FAILED);
    assertThat(outcomes.of(row, 1).getFirst().problem().detail()).contains("may have arrived");
    assertThat(smsc.taken("+4930902013")).hasSize(2);
  }

  private DeliveryRequested membership(String number) {
    return Requests.request(
        row, CatalogueInMemory.GLOBEX, CatalogueInMemory.MEMBERSHIP, Medium.SMS, number, "Ada");
  }

  private DeliveryStatus status(int outcome) {
    List<DeliveryOutcome> all = outcomes.of(row, outcome);
    return all.getLast().status();
  }

  private Segment only(String number) {
    List<Segment> taken = smsc.taken(number);
    assertThat(taken).hasSize(1);
    return taken.getFirst();
  }

  /** As a phone puts it together again: by the header of each segment. */
  private static String text(List<Segment> segments) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    byte reference = segments.getFirst().body()[3];
    for (int i = 0; i < segments.size(); i++) {
      byte[] body = segments.get(i).body();
      assertThat(segments.get(i).submitSm().getDataCoding()).isEqualTo((byte) 8);
      assertThat(segments.get(i).submitSm().isUdhi()).isTrue();
      assertThat(body).hasSizeLessThanOrEqualTo(140);
      assertThat(Arrays.copyOf(body, 6))
          .containsExactly(5, 0, 3, reference, segments.size(), i + 1);
      text.writeBytes(Arrays.copyOfRange(body, 6, body.length));
    }
    return text.toString(UTF_16BE);
  }
}
