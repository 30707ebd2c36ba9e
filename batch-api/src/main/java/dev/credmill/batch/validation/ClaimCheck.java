package dev.credmill.batch.validation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.contracts.registry.CredentialDefinition;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.validator.routines.EmailValidator;

/**
 * Turns the text of one column into the value of its claim. Compiled once per definition version
 * from the property's schema; it knows the types and formats by itself, because a general schema
 * validator costs more per row than everything else together. Keywords that it does not know are
 * left to that validator ({@link ClaimsSchema}).
 */
final class ClaimCheck {
  private static final Set<String> KNOWN =
      Set.of(
          "type",
          "title",
          "description",
          "examples",
          "default",
          "enum",
          "format",
          "minLength",
          "maxLength",
          "minimum",
          "maximum",
          "$comment");
  private static final Set<String> KNOWN_FORMATS = Set.of("date", "date-time", "email", "uri");

  /** What a JSON Schema says of the type (JSON Schema validation 2020-12, 6.1.1). */
  private enum Type {
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN
  }

  final String heading;
  final String claim;
  final boolean required;
  private final Type type;
  private final String format;
  private final List<String> allowed;
  private final int minLength;
  private final int maxLength;
  private final BigDecimal minimum;
  private final BigDecimal maximum;
  private final boolean whollyKnown;

  /**
   * @param heading what stands above the column in the sheet
   */
  ClaimCheck(CredentialDefinition.Column column, String heading, JsonNode property) {
    this.heading = heading;
    claim = column.claim();
    required = column.required();
    type = Type.valueOf(property.path("type").asText("string").toUpperCase(Locale.ROOT));
    format = property.path("format").asText("");
    List<String> values = new ArrayList<>();
    property.path("enum").forEach(value -> values.add(value.asText()));
    allowed = List.copyOf(values);
    minLength = property.path("minLength").asInt(0);
    maxLength = property.path("maxLength").asInt(Integer.MAX_VALUE);
    minimum = property.path("minimum").isNumber() ? property.get("minimum").decimalValue() : null;
    maximum = property.path("maximum").isNumber() ? property.get("maximum").decimalValue() : null;
    boolean known = format.isEmpty() || KNOWN_FORMATS.contains(format);
    for (var names = property.fieldNames(); names.hasNext(); ) {
      known &= KNOWN.contains(names.next());
    }
    whollyKnown = known;
  }

  /** Whether nothing of the schema is left for the general validator. */
  boolean whollyKnown() {
    return whollyKnown;
  }

  /** Writes the claim, or says what is wrong with the cell. Empty cells do not get here. */
  void write(String cell, JsonGenerator out, List<RowFault> faults) throws IOException {
    if (!allowed.isEmpty() && !allowed.contains(cell)) {
      faults.add(fault("not-allowed", "Write one of: " + String.join(", ", allowed)));
      return;
    }
    switch (type) {
      case STRING -> writeText(cell, out, faults);
      case INTEGER -> writeInteger(cell, out, faults);
      case NUMBER -> writeNumber(cell, out, faults);
      case BOOLEAN -> writeBoolean(cell, out, faults);
    }
  }

  RowFault fault(String code, String message) {
    return new RowFault(heading, code, message);
  }

  private void writeText(String cell, JsonGenerator out, List<RowFault> faults) throws IOException {
    int length = cell.codePointCount(0, cell.length());
    if (length < minLength) {
      faults.add(fault("too-short", "Write at least %d characters".formatted(minLength)));
      return;
    }
    if (length > maxLength) {
      faults.add(fault("too-long", "Write at most %d characters".formatted(maxLength)));
      return;
    }
    String wrong = wrongFormat(cell);
    if (wrong != null) {
      faults.add(fault("format", wrong));
      return;
    }
    out.writeStringField(claim, cell);
  }

  private String wrongFormat(String cell) {
    return switch (format) {
      case "date" -> isDate(cell) ? null : "Write the date as year-month-day, such as 2026-06-30";
      case "date-time" ->
          isDateTime(cell) ? null : "Write the time with its zone, such as 2026-06-30T14:00:00Z";
      case "email" -> EmailValidator.getInstance().isValid(cell) ? null : "Write an email address";
      case "uri" -> isUri(cell) ? null : "Write a whole address, such as https://example.org/a";
      default -> null;
    };
  }

  /**
   * Whether it is a full-date of RFC 3339. By hand, since the JDK's parser takes as long as all
   * other checks of a row together.
   */
  static boolean isDate(String text) {
    if (text.length() != 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return false;
    }
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 7);
    int day = digits(text, 8, 10);
    return year >= 0
        && month >= 1
        && month <= 12
        && day >= 1
        && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth());
  }

  private static int digits(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + c - '0';
    }
    return number;
  }

  private static boolean isDateTime(String text) {
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isUri(String text) {
    try {
      return new URI(text).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private void writeInteger(String cell, JsonGenerator out, List<RowFault> faults)
      throws IOException {
    try {
      if (cell.length() <= 19) {
        long number = Long.parseLong(cell);
        if (isWithin(BigDecimal.valueOf(number), faults)) {
          out.writeNumberField(claim, number);
        }
        return;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    faults.add(fault("type", "Write a whole number in digits, such as 42"));
  }

  private void writeNumber(String cell, JsonGenerator out, List<RowFault> faults)
      throws IOException {
    try {
      if (cell.length() <= 40) {
        BigDecimal number = new BigDecimal(cell);
        // 1e999999999 is short to write and ruinous to print in full.
        if (Math.abs((long) number.scale()) <= 40) {
          if (isWithin(number, faults)) {
            out.writeNumberField(claim, number);
          }
          return;
        }
      }
    } catch (NumberFormatException e) {
      // told below
    }
    faults.add(fault("type", "Write a number with a decimal point, such as 3.5"));
  }

  private boolean isWithin(BigDecimal number, List<RowFault> faults) {
    if (minimum != null && number.compareTo(minimum) < 0) {
      faults.add(fault("minimum", "Write a number of at least " + minimum.toPlainString()));
      return false;
    }
    if (maximum != null && number.compareTo(maximum) > 0) {
      faults.add(fault("maximum", "Write a number of at most " + maximum.toPlainString()));
      return false;
    }
    return true;
  }

  private void writeBoolean(String cell, JsonGenerator out, List<RowFault> faults)
      throws IOException {
    switch (cell.toLowerCase(Locale.ROOT)) {
      case "true", "yes" -> out.writeBooleanField(claim, true);
      case "false", "no" -> out.writeBooleanField(claim, false);
      default -> faults.add(fault("type", "Write true or false"));
    }
  }
}
