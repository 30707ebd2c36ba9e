package dev.credmill.issuance.integrity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON Canonicalization Scheme, RFC 8785. Not by titanium-jcs 1.1.1: it writes -924449529 as {@code
 * -9e08}, escapes U+007F, and formats numbers with one {@code DecimalFormat} that all threads
 * share. A test holds the two against each other where that one is right.
 */
final class JcsCanonicalization implements Canonicalization {
  private static final String HEX = "0123456789abcdef";

  @Override
  public String canonical(ObjectNode document) {
    StringBuilder out = new StringBuilder(1024);
    append(out, document);
    return out.toString();
  }

  private static void append(StringBuilder out, JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> {
        // Java compares strings by UTF-16 code units, which is the order that RFC 8785 asks for.
        Map<String, JsonNode> sorted = new TreeMap<>();
        node.properties().forEach(member -> sorted.put(member.getKey(), member.getValue()));
        char separator = '{';
        for (Map.Entry<String, JsonNode> member : sorted.entrySet()) {
          out.append(separator);
          appendString(out, member.getKey());
          out.append(':');
          append(out, member.getValue());
          separator = ',';
        }
        out.append(sorted.isEmpty() ? "{}" : "}");
      }
      case ARRAY -> {
        out.append('[');
        for (int i = 0; i < node.size(); i++) {
          if (i > 0) {
            out.append(',');
          }
          append(out, node.get(i));
        }
        out.append(']');
      }
      case STRING -> appendString(out, node.textValue());
      case NUMBER -> out.append(number(node.doubleValue()));
      case BOOLEAN -> out.append(node.booleanValue());
      case NULL -> out.append("null");
      case BINARY, POJO, MISSING -> throw new IllegalArgumentException("not from JSON text");
    }
  }

  static void appendString(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < ' ') {
            out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** Java gives two digits at least, which the smallest of all numbers do not need. */
  private static BigDecimal shortest(double value) {
    BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    BigDecimal oneDigit = shortest.round(new MathContext(1));
    return oneDigit.doubleValue() == value ? oneDigit : shortest;
  }

  /** As ECMAScript's Number::toString writes it (3.2.2.3): the digits are Java's, the form not. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("JSON has no such number");
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal shortest = shortest(Math.abs(value));
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    StringBuilder out = new StringBuilder();
    if (value < 0) {
      out.append('-');
    }
    if (point > 21 || point < -5) {
      out.append(digits.charAt(0));
      if (digits.length() > 1) {
        out.append('.').append(digits, 1, digits.length());
      }
      return out.append('e').append(point > 0 ? "+" : "").append(point - 1).toString();
    }
    if (point <= 0) {
      return out.append("0.").repeat('0', -point).append(digits).toString();
    }
    if (digits.length() <= point) {
      return out.append(digits).repeat('0', point - digits.length()).toString();
    }
    return out.append(digits, 0, point)
        .append('.')
        .append(digits, point, digits.length())
        .toString();
  }
}
