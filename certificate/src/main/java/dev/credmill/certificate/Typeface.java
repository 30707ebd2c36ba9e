package dev.credmill.certificate;

import static dev.credmill.certificate.BundledFont.ARABIC_BOLD;
import static dev.credmill.certificate.BundledFont.GARAMOND;
import static dev.credmill.certificate.BundledFont.GARAMOND_ITALIC;
import static dev.credmill.certificate.BundledFont.GARAMOND_SMALL_CAPS;
import static dev.credmill.certificate.BundledFont.SANS;
import static dev.credmill.certificate.BundledFont.SANS_BOLD;
import static dev.credmill.certificate.BundledFont.SERIF;

import java.awt.Font;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Bundled fonts in the order of preference: each character takes the first that has it. */
record Typeface(List<BundledFont> fonts) {
  private static final Set<BundledFont> LATIN_FONTS =
      EnumSet.of(GARAMOND, GARAMOND_ITALIC, GARAMOND_SMALL_CAPS, SANS, SANS_BOLD, SERIF);

  Typeface {
    fonts = List.copyOf(fonts);
  }

  /** What comes closest to these families, as CSS names them. */
  static Typeface of(List<String> families, boolean italic, boolean bold) {
    Set<BundledFont> chosen = new LinkedHashSet<>();
    for (String family : families) {
      chosen.addAll(named(family.toLowerCase(Locale.ROOT), italic, bold));
    }
    if (chosen.isEmpty()) {
      chosen.addAll(named("serif", italic, bold));
    }
    boolean sans = chosen.iterator().next() == SANS || chosen.iterator().next() == SANS_BOLD;
    chosen.add(sans ? SANS : SERIF);
    chosen.add(sans ? SERIF : SANS);
    if (bold) {
      chosen.add(ARABIC_BOLD);
    }
    for (BundledFont font : BundledFont.values()) {
      if (!LATIN_FONTS.contains(font)) {
        chosen.add(font);
      }
    }
    return new Typeface(new ArrayList<>(chosen));
  }

  private static List<BundledFont> named(String family, boolean italic, boolean bold) {
    return switch (family) {
      case "eb garamond sc", "eb garamond sc 12" -> List.of(GARAMOND_SMALL_CAPS, GARAMOND);
      case "serif", "eb garamond", "eb garamond 12", "garamond", "georgia", "times new roman" ->
          italic ? List.of(GARAMOND_ITALIC, GARAMOND) : List.of(GARAMOND);
      case "noto serif" -> List.of(SERIF);
      case "sans-serif", "noto sans", "arial", "helvetica", "system-ui" ->
          bold ? List.of(SANS_BOLD, SANS) : List.of(SANS);
      default -> List.of();
    };
  }

  /** The font for one grapheme cluster; where none has all of it, one that has its base. */
  Font fontFor(String cluster) {
    for (BundledFont candidate : fonts) {
      if (canDisplay(candidate.font(), cluster)) {
        return candidate.font();
      }
    }
    int base = cluster.codePointAt(0);
    for (BundledFont candidate : fonts) {
      if (candidate.font().canDisplay(base)) {
        return candidate.font();
      }
    }
    return fonts.getFirst().font();
  }

  private static boolean canDisplay(Font font, String cluster) {
    return cluster
        .codePoints()
        .filter(c -> Character.getType(c) != Character.FORMAT && !isVariationSelector(c))
        .allMatch(font::canDisplay);
  }

  private static boolean isVariationSelector(int codePoint) {
    return (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
        || (codePoint >= 0xE0100 && codePoint <= 0xE01EF);
  }
}
