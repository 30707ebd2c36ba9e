package dev.credmill.issuance.credential;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/**
 * Checks the claims of a row, which come from outside, and gives their bytes as they are: one
 * strictly parsed JSON object cannot break out of the place it is put in. Belongs to one thread.
 *
 * <p>The problems name no value and no name that was sent: both may be personal.
 */
final class ClaimsReader {
  /** More than the widest sheet holds; a credential is no file store. */
  static final int LONGEST = 64 * 1024;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxStringLength(LONGEST)
                  .maxNumberLength(100)
                  .build())
          .build();
  private final BitSet seen = new BitSet();

  /**
   * The members of the object, without its braces.
   *
   * @param utf8 holds them from {@code start} on
   */
  record Claims(byte[] utf8, int start, int length, boolean empty) {}

  /**
   * @throws ProblemException when no credential can be made of it
   */
  Claims read(String text, ClaimNames names) {
    if (text.length() > LONGEST) {
      throw refused("The claims are longer than " + LONGEST + " characters; shorten them");
    }
    if (hasLoneSurrogate(text)) {
      throw notJson();
    }
    int count;
    try (JsonParser parser = JSON.createParser(text)) {
      count = readObject(parser, names, text.indexOf("\\u") >= 0);
    } catch (IOException e) {
      throw notJson();
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int start = 0;
    while (utf8[start] != '{') {
      start++;
    }
    int end = utf8.length - 1;
    while (utf8[end] != '}') {
      end--;
    }
    return new Claims(utf8, start + 1, end - start - 1, count == 0);
  }

  private int readObject(JsonParser parser, ClaimNames names, boolean escapes) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw notJson();
    }
    seen.clear();
    int count = 0;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      Integer number = names.number(name);
      if (number == null) {
        throw refused(
            "The claims have a name that the definition's schema does not have, or that only the platform sets;"
                + " upload the row with the columns of the definition's sheet");
      }
      if (seen.get(number)) {
        throw refused("A claim is given twice; give each once");
      }
      seen.set(number);
      count++;
      parser.nextToken();
      readValue(parser, escapes);
    }
    if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
      throw notJson();
    }
    return count;
  }

  /** Goes over one value to its last token. */
  private static void readValue(JsonParser parser, boolean escapes) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Set<String> members = new HashSet<>();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        if (!members.add(name) || name.startsWith("@") || hasLoneSurrogate(name)) {
          throw refused("A claim has members that a credential cannot carry; remove them");
        }
        parser.nextToken();
        readValue(parser, escapes);
      }
    } else if (token == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        readValue(parser, escapes);
      }
    } else if (token == JsonToken.VALUE_STRING) {
      // Reading the text is what makes the parser check it.
      String value = escapes ? parser.getText() : null;
      if (escapes ? hasLoneSurrogate(value) : parser.getTextLength() < 0) {
        throw notJson();
      }
    }
  }

  /** Half a character, which UTF-8 has no bytes for. */
  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else {
          return true;
        }
      }
    }
    return false;
  }

  private static ProblemException notJson() {
    return refused("The claims are not one well-formed JSON object; upload the row again");
  }

  private static ProblemException refused(String detail) {
    return ProblemType.ROW_NOT_ISSUABLE.because(detail);
  }
}
