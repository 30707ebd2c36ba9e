package dev.credmill.notification.sms.smpp;

import dev.credmill.notification.NotificationConfig.Sms.Smpp.ReceiptIds;
import java.math.BigInteger;
import java.util.Locale;

/**
 * One spelling for the id of a message, which SMSCs spell in an answer as hexadecimal and in the
 * receipt as decimal, or the other way round, or with other zeros in front.
 */
record SmscIds(ReceiptIds receiptIds) {
  private static final int HEX = 16;
  private static final int DECIMAL = 10;

  /** As it stands in the answer to submit_sm, or in a receipt's receipted_message_id. */
  String answered(String id) {
    return switch (receiptIds) {
      case SAME -> plain(id);
      case HEX_THEN_DECIMAL -> number(id, HEX);
      case DECIMAL_THEN_HEX -> number(id, DECIMAL);
    };
  }

  /** As it stands in the text of a receipt. */
  String receipted(String id) {
    return switch (receiptIds) {
      case SAME -> plain(id);
      case HEX_THEN_DECIMAL -> number(id, DECIMAL);
      case DECIMAL_THEN_HEX -> number(id, HEX);
    };
  }

  private static String number(String id, int radix) {
    try {
      return new BigInteger(id.strip(), radix).toString();
    } catch (NumberFormatException _) {
      return plain(id);
    }
  }

  private static String plain(String id) {
    return id.strip().toUpperCase(Locale.ROOT).replaceFirst("^0+(?=.)", "");
  }
}
