package dev.credmill.notification.email;

import static java.util.Objects.requireNonNull;

import io.quarkus.qute.Escaper;

/**
 * A letter written out. Where {@link PreparedLetter#PLACES} stand, it is one to anybody.
 *
 * @param subject one line, but for what is put in
 */
record Rendering(String subject, String text, String html) {
  private static final Escaper HTML =
      Escaper.builder()
          .add('&', "&amp;")
          .add('<', "&lt;")
          .add('>', "&gt;")
          .add('"', "&quot;")
          .add('\'', "&#39;")
          .build();

  Rendering {
    requireNonNull(subject, "subject");
    requireNonNull(text, "text");
    requireNonNull(html, "html");
  }

  /** A value as it stands in HTML. */
  static String escaped(String value) {
    return HTML.escape(value);
  }

  /** The letter to one recipient. */
  Rendering to(Letter letter) {
    return new Rendering(
        HeaderText.line(filled(subject, letter, false)),
        filled(text, letter, false),
        filled(html, letter, true));
  }

  private static String filled(String words, Letter letter, boolean isHtml) {
    StringBuilder filled = new StringBuilder(words.length() + 256);
    for (int i = 0; i < words.length(); i++) {
      char character = words.charAt(i);
      if (PreparedLetter.PLACES.indexOf(character) < 0) {
        filled.append(character);
      } else {
        String value = letter.at(character);
        filled.append(isHtml ? escaped(value) : value);
      }
    }
    return filled.toString();
  }
}
