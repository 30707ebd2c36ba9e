package dev.credmill.notification.sms.smpp;

import dev.credmill.notification.sms.Alphabet;
import dev.credmill.notification.sms.SmsText;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A segment as submit_sm carries it.
 *
 * @param number from 1
 * @param together whether it is one of several, and begins with the header that says so
 */
record Submission(int number, boolean together, byte dataCoding, byte[] shortMessage) {
  private static final byte SMSC_DEFAULT = 0;
  private static final byte UCS_2 = 8;

  /** 3GPP TS 23.040, 9.2.3.24.1: a header of 5 bytes, of them one element of 3. */
  private static final byte[] CONCATENATED = {5, 0, 3};

  /** The segments of a text; the same message always has the same reference. */
  static List<Submission> of(UUID message, SmsText text) {
    int count = text.segments().size();
    List<Submission> all = new ArrayList<>(count);
    for (int number = 1; number <= count; number++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      if (count > 1) {
        bytes.writeBytes(CONCATENATED);
        bytes.write((int) message.getLeastSignificantBits());
        bytes.write(count);
        bytes.write(number);
      }
      bytes.writeBytes(text.alphabet().bytes(text.segments().get(number - 1)));
      all.add(new Submission(number, count > 1, dataCoding(text.alphabet()), bytes.toByteArray()));
    }
    return all;
  }

  private static byte dataCoding(Alphabet alphabet) {
    return switch (alphabet) {
      case GSM_7 -> SMSC_DEFAULT;
      case UCS_2 -> UCS_2;
    };
  }
}
