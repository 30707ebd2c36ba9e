package dev.credmill.notification.email;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A letter in text and HTML as a MIME body, written and encoded once for all recipients; only names
 * and links are put in.
 */
final class PreparedLetter {
  /** Where the name is put in, and the links: characters that {@link Letter} lets no text have. */
  static final String NAME = "\uF8F0";

  static final String LINK = "\uF8F1";
  static final String CLAIM_LINK = "\uF8F2";
  static final String PLACES = NAME + LINK + CLAIM_LINK;

  /** Quoted-printable has no {@code =_} (RFC 2045, 6.7), so the parts cannot contain it. */
  private static final String BOUNDARY = "=_credmill";

  /**
   * @param bytes constant ones
   * @param then what is put in after them: one of {@link #PLACES} or nothing
   */
  private record Piece(byte[] bytes, String then, boolean isHtml) {}

  private final List<Piece> pieces = new ArrayList<>();

  private final String subject;

  /** From the letter written out, with {@link #PLACES} in it. */
  PreparedLetter(Rendering letter) {
    subject = letter.subject();
    plain(
        "MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary=\"%s\"\r\n\r\n"
            .formatted(BOUNDARY));
    part("plain", letter.text());
    part("html", letter.html());
    plain("\r\n--%s--\r\n".formatted(BOUNDARY));
  }

  private void part(String subtype, String content) {
    plain(
        "\r\n--%s\r\nContent-Type: text/%s; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            .formatted(BOUNDARY, subtype));
    boolean isHtml = subtype.equals("html");
    int from = 0;
    for (int i = 0; i < content.length(); i++) {
      String character = content.substring(i, i + 1);
      if (PLACES.contains(character)) {
        pieces.add(new Piece(QuotedPrintable.piece(content.substring(from, i)), character, isHtml));
        from = i + 1;
      }
    }
    pieces.add(new Piece(QuotedPrintable.piece(content.substring(from)), "", isHtml));
  }

  private void plain(String lines) {
    pieces.add(new Piece(lines.getBytes(US_ASCII), "", false));
  }

  /** To be made a line of the header yet: a name is put in as it is. */
  String subject(Letter letter) {
    return subject.contains(NAME) ? subject.replace(NAME, letter.name()) : subject;
  }

  /** About how many bytes it keeps. */
  int size() {
    return subject.length() + pieces.stream().mapToInt(piece -> piece.bytes.length).sum();
  }

  /** The rest of a message whose header was begun. */
  void write(Letter letter, ByteArrayOutputStream message) {
    for (Piece piece : pieces) {
      message.writeBytes(piece.bytes);
      if (!piece.then.isEmpty()) {
        String value = letter.at(piece.then.charAt(0));
        message.writeBytes(QuotedPrintable.piece(piece.isHtml ? Rendering.escaped(value) : value));
      }
    }
  }
}
