package dev.credmill.notification.sms;

/** What typesetting adds and plain text does without. */
final class Typography {
  private Typography() {}

  /** Plain quotes, hyphens, spaces and dots in place of typographic ones. Letters stay. */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case 0x2018, 0x2019, 0x201A, 0x201B, 0x2032, 0x2039, 0x203A -> plain.append('\'');
                case 0x201C, 0x201D, 0x201E, 0x201F, 0x2033, 0x00AB, 0x00BB -> plain.append('"');
                case 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212 -> plain.append('-');
                case 0x2026 -> plain.append("...");
                case 0x00A0,
                    0x2002,
                    0x2003,
                    0x2004,
                    0x2005,
                    0x2006,
                    0x2007,
                    0x2008,
                    0x2009,
                    0x200A,
                    0x202F,
                    0x205F,
                    0x3000 ->
                    plain.append(' ');
                // Seen by nobody: soft hyphen, zero-width space, word joiner, byte order mark.
                case 0x00AD, 0x200B, 0x2060, 0xFEFF -> {}
                default -> plain.appendCodePoint(c);
              }
            });
    return plain.toString();
  }
}
