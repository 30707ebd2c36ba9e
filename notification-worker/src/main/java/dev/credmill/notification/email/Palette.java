package dev.credmill.notification.email;

/**
 * The colours that follow from one, in light and dark mail programs: whatever it is, words in it
 * and on it can be read (WCAG 2.2, 1.4.3).
 *
 * @param button behind {@code ink}
 * @param link on the card, as words
 */
record Palette(
    String button, String ink, String link, String darkButton, String darkInk, String darkLink) {
  private static final String DEFAULT = "#1f5fd6";
  private static final int WHITE = 0xffffff;

  /** Of black and white one can always be read. */
  private static final int BLACK = 0;

  private static final int DARK_CARD = 0x1f242c;

  /** What words need. */
  private static final double READABLE = 4.5;

  /** And more of it in the dark, where colours are faint. */
  private static final double READABLE_IN_THE_DARK = 6.5;

  /** What a button needs to be seen as one, its words being readable. */
  private static final double VISIBLE = 1.2;

  private static final double VISIBLE_IN_THE_DARK = 2.5;

  /** Around the one colour, or ours for null. */
  static Palette of(String accent) {
    int color = Integer.parseInt((accent == null ? DEFAULT : accent).substring(1), 16);
    int button = towards(0, color, WHITE, VISIBLE);
    int darkButton = towards(WHITE, color, DARK_CARD, VISIBLE_IN_THE_DARK);
    return new Palette(
        css(button),
        css(inkOn(button)),
        css(towards(0, color, WHITE, READABLE)),
        css(darkButton),
        css(inkOn(darkButton)),
        css(towards(WHITE, color, DARK_CARD, READABLE_IN_THE_DARK)));
  }

  private static int inkOn(int ground) {
    double white = contrast(WHITE, ground);
    return white >= READABLE || white >= contrast(BLACK, ground) ? WHITE : BLACK;
  }

  /** The colour, mixed with another until it stands out from the ground. */
  private static int towards(int other, int color, int ground, double contrast) {
    for (int percent = 0; percent < 100; percent += 4) {
      int mixed = mixed(color, other, percent);
      if (contrast(mixed, ground) >= contrast) {
        return mixed;
      }
    }
    return other;
  }

  private static int mixed(int color, int other, int percent) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int part =
          ((color >> shift & 0xff) * (100 - percent) + (other >> shift & 0xff) * percent) / 100;
      mixed |= part << shift;
    }
    return mixed;
  }

  /** WCAG 2.2, "contrast ratio". */
  static double contrast(int one, int other) {
    double lighter = Math.max(luminance(one), luminance(other));
    double darker = Math.min(luminance(one), luminance(other));
    return (lighter + 0.05) / (darker + 0.05);
  }

  private static double luminance(int color) {
    return 0.2126 * linear(color >> 16 & 0xff)
        + 0.7152 * linear(color >> 8 & 0xff)
        + 0.0722 * linear(color & 0xff);
  }

  private static double linear(int part) {
    double value = part / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  private static String css(int color) {
    return "#%06x".formatted(color);
  }
}
