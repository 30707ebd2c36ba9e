package dev.credmill.notification.sms;

import static java.nio.charset.StandardCharsets.UTF_16BE;

/**
 * In which characters a text goes out (3GPP TS 23.038). A message takes 140 bytes; one of several
 * that belong together gives 6 of them to the header that says so (3GPP TS 23.040, 9.2.3.24.1).
 */
public enum Alphabet {
  /** The default alphabet of 7 bits. */
  GSM_7(160, 153) {
    @Override
    int weight(int codePoint) {
      return Gsm7.septets(codePoint);
    }

    @Override
    public byte[] bytes(String text) {
      return Gsm7.bytes(text);
    }
  },
  /** UCS-2, by now UTF-16: what is beyond the basic plane takes two units. */
  UCS_2(70, 67) {
    @Override
    int weight(int codePoint) {
      return Character.charCount(codePoint);
    }

    @Override
    public byte[] bytes(String text) {
      return text.getBytes(UTF_16BE);
    }
  };

  private final int alone;
  private final int together;

  Alphabet(int alone, int together) {
    this.alone = alone;
    this.together = together;
  }

  /** How many units fit into a message that stands alone. */
  int alone() {
    return alone;
  }

  /** How many units fit into each of several that belong together. */
  int together() {
    return together;
  }

  /** How many units the character takes. */
  abstract int weight(int codePoint);

  int weight(String text) {
    return text.codePoints().map(this::weight).sum();
  }

  /** The text as SMPP carries it: a byte for each unit of 7 bits, two for each of 16. */
  public abstract byte[] bytes(String text);
}
