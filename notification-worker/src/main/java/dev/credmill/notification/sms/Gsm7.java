package dev.credmill.notification.sms;

import java.io.ByteArrayOutputStream;

/** The GSM 7 bit default alphabet and its extension table (3GPP TS 23.038, 6.2.1). */
final class Gsm7 {
  private static final int ESCAPE = 0x1B;

  /** By code; the place of the escape is held by itself. */
  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001BÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

  private static final String EXTENSION = "\f^{}\\[~]|€";
  private static final byte[] EXTENSION_CODES = {
    0x0A, 0x14, 0x28, 0x29, 0x2F, 0x3C, 0x3D, 0x3E, 0x40, 0x65
  };

  private Gsm7() {}

  static boolean covers(String text) {
    return text.codePoints().allMatch(c -> c != ESCAPE && (isBasic(c) || isExtension(c)));
  }

  /** 1, or 2 for what follows an escape. */
  static int septets(int codePoint) {
    return isExtension(codePoint) ? 2 : 1;
  }

  /** One septet in each byte, as SMPP has it. */
  static byte[] bytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 8);
    text.codePoints()
        .forEach(
            c -> {
              if (isExtension(c)) {
                bytes.write(ESCAPE);
                bytes.write(EXTENSION_CODES[EXTENSION.indexOf(c)]);
              } else {
                bytes.write(BASIC.indexOf(c));
              }
            });
    return bytes.toByteArray();
  }

  private static boolean isBasic(int codePoint) {
    return BASIC.indexOf(codePoint) >= 0;
  }

  private static boolean isExtension(int codePoint) {
    return EXTENSION.indexOf(codePoint) >= 0;
  }
}
