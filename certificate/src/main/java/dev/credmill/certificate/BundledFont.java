package dev.credmill.certificate;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The fonts that this library brings along; it never uses one of the machine's. */
enum BundledFont {
  GARAMOND("EBGaramond12-Regular"),
  GARAMOND_ITALIC("EBGaramond12-Italic"),
  GARAMOND_SMALL_CAPS("EBGaramondSC12-Regular"),
  SANS("NotoSans-Regular"),
  SANS_BOLD("NotoSans-Bold"),
  SERIF("NotoSerif-Regular"),
  ARABIC("NotoNaskhArabic-Regular"),
  ARABIC_BOLD("NotoNaskhArabic-Bold"),
  HEBREW("NotoSerifHebrew-Regular"),
  DEVANAGARI("NotoSerifDevanagari-Regular"),
  THAI("NotoSerifThai-Regular"),
  BENGALI("NotoSerifBengali-Regular"),
  TAMIL("NotoSerifTamil-Regular"),
  TELUGU("NotoSerifTelugu-Regular"),
  GUJARATI("NotoSerifGujarati-Regular"),
  GURMUKHI("NotoSerifGurmukhi-Regular"),
  KANNADA("NotoSerifKannada-Regular"),
  MALAYALAM("NotoSerifMalayalam-Regular"),
  SINHALA("NotoSerifSinhala-Regular"),
  ARMENIAN("NotoSerifArmenian-Regular"),
  GEORGIAN("NotoSerifGeorgian-Regular"),
  ETHIOPIC("NotoSerifEthiopic-Regular"),
  KHMER("NotoSerifKhmer-Regular"),
  LAO("NotoSerifLao-Regular"),
  MYANMAR("NotoSerifMyanmar-Regular"),
  HAN("DroidSansFallbackFull"),
  HANGUL("NanumSquareR");

  static {
    FontConfiguration.ensure();
  }

  /** Outlines are taken at this size and scaled, so nothing is rounded on the way. */
  static final float SIZE = 1000;

  private final String file;
  private volatile Font font;

  BundledFont(String file) {
    this.file = file;
  }

  Font font() {
    Font loaded = font;
    if (loaded == null) {
      synchronized (this) {
        loaded = font;
        if (loaded == null) {
          loaded = load();
          font = loaded;
        }
      }
    }
    return loaded;
  }

  private Font load() {
    try (InputStream resource = BundledFont.class.getResourceAsStream("fonts/" + file + ".ttf")) {
      return Font.createFont(Font.TRUETYPE_FONT, resource).deriveFont(SIZE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FontFormatException e) {
      throw new IllegalStateException("not a font: " + file, e);
    }
  }
}
