package dev.credmill.notification.sms.smpp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.notification.NotificationConfig.Sms.Smpp.ReceiptIds;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiptTest {
  private static final SmscIds SAME = new SmscIds(ReceiptIds.SAME);

  @Test
  void itIsReadAsTheAppendixHasIt() {
    assertThat(
            Receipt.of(
                receipt(
                    "id:0123456789 sub:001 dlvrd:001 submit date:2611231000 done date:2611231001 stat:DELIVRD err:000 text:Hello"),
                SAME))
        .hasValue(new Receipt("123456789", Receipt.State.DELIVRD, "000"));
  }

  @ParameterizedTest
  @CsvSource({
    "id:7f stat:UNDELIV err:1, UNDELIV",
    "ID:7F done date:2026-11-23T10:00 STAT:EXPIRED, EXPIRED",
    "id:007F stat:REJECTED err:, REJECTD",
    "id:7F stat:DELIVERED, DELIVRD",
    "id:7F stat:UNKNOWN, UNKNOWN"
  })
  void itIsReadAsSmscsHaveIt(String text, Receipt.State state) {
    Receipt read = Receipt.of(receipt(text), SAME).orElseThrow();
    assertThat(read.smscId()).isEqualTo("7F");
    assertThat(read.state()).isEqualTo(state);
  }

  @Test
  void parametersSayItMoreReliablyThanText() {
    DeliverSm deliverSm = receipt("id:99 stat:ENROUTE");
    deliverSm.setOptionalParameters(
        new OptionalParameter.Receipted_message_id("7F"),
        new OptionalParameter.Message_state((byte) 2));
    assertThat(Receipt.of(deliverSm, SAME)).hasValue(new Receipt("7F", Receipt.State.DELIVRD, ""));
  }

  @Test
  void whatIsNoneOrCannotBeReadIsPassedOver() {
    DeliverSm fromSomebody = new DeliverSm();
    fromSomebody.setShortMessage("id:1 stat:DELIVRD".getBytes(ISO_8859_1));
    assertThat(Receipt.of(fromSomebody, SAME)).isEmpty();
    assertThat(Receipt.of(receipt("stat:DELIVRD"), SAME)).isEmpty();
    assertThat(Receipt.of(receipt("id:1 stat:WHATEVER"), SAME)).isEmpty();
    assertThat(Receipt.of(receipt(""), SAME)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "SAME, 00aB, AB",
    "SAME, 0, 0",
    "HEX_THEN_DECIMAL, 1A2B3C, 1715004",
    "HEX_THEN_DECIMAL, 001a2b3c, 0001715004",
    "DECIMAL_THEN_HEX, 1715004, 1a2b3c",
    "DECIMAL_THEN_HEX, no-number, NO-NUMBER"
  })
  void answerAndReceiptAgreeOnTheId(ReceiptIds receiptIds, String answered, String receipted) {
    SmscIds ids = new SmscIds(receiptIds);
    assertThat(ids.receipted(receipted)).isEqualTo(ids.answered(answered));
  }

  private static DeliverSm receipt(String text) {
    DeliverSm deliverSm = new DeliverSm();
    deliverSm.setSmscDeliveryReceipt();
    deliverSm.setShortMessage(text.getBytes(ISO_8859_1));
    return deliverSm;
  }
}
