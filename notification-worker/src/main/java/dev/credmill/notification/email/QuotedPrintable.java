package dev.credmill.notification.email;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.angus.mail.util.QPEncoderStream;

/**
 * Text in quoted-printable (RFC 2045, 6.7), in pieces: each ends with a soft line break, so that it
 * says the same whatever is before and after it.
 */
final class QuotedPrintable {
  private static final byte[] SOFT_BREAK = {'=', '\r', '\n'};

  private QuotedPrintable() {}

  static byte[] piece(String text) {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream(text.length() + 64);
    try (QPEncoderStream encoder = new QPEncoderStream(encoded)) {
      encoder.write(text.getBytes(StandardCharsets.UTF_8));
      encoder.flush();
      encoded.write(SOFT_BREAK);
      return encoded.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
