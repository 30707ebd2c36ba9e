package dev.credmill.issuance.integrity;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Set;

/**
 * What is looked at before any canonicalization: documents come from strangers, too. Two readers
 * must never read the same signed document differently.
 */
record Plausibility(Contexts contexts, boolean inlineContexts) {
  private static final int DEEPEST = 64;
  private static final BigInteger SAFE = BigInteger.TWO.pow(53);
  private static final Set<String> KEYWORDS =
      Set.of(
          "@context",
          "@id",
          "@type",
          "@value",
          "@language",
          "@list",
          "@set",
          "@graph",
          "@base",
          "@container",
          "@import",
          "@included",
          "@json",
          "@nest",
          "@none",
          "@prefix",
          "@propagate",
          "@protected",
          "@reverse",
          "@version",
          "@vocab",
          "@index",
          "@direction");

  void check(JsonNode document) throws ProofException {
    check(document, 1);
  }

  private void check(JsonNode node, int depth) throws ProofException {
    if (depth > DEEPEST) {
      throw new ProofException(
          ProofFault.TOO_COMPLEX,
          "The document is nested deeper than %d levels.".formatted(DEEPEST));
    }
    switch (node.getNodeType()) {
      case OBJECT -> {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
          text(member.getKey());
          if (member.getKey().startsWith("@") && !KEYWORDS.contains(member.getKey())) {
            // JSON-LD ignores whatever looks like a keyword of its future.
            throw new ProofException(
                ProofFault.DROPPED_DATA,
                "A member's name begins with @ and is no JSON-LD keyword.");
          }
          if (member.getKey().equals("@context")) {
            context(member.getValue());
          }
          check(member.getValue(), depth + 1);
        }
      }
      case ARRAY -> {
        for (JsonNode item : node) {
          check(item, depth + 1);
        }
      }
      case NUMBER -> number(node);
      case STRING -> text(node.textValue());
      case BOOLEAN, NULL -> {}
      case BINARY, POJO, MISSING -> throw new IllegalArgumentException("not from JSON text");
    }
  }

  private void context(JsonNode context) throws ProofException {
    if (context.isTextual()) {
      if (!contexts.knows(context.textValue())) {
        throw new ProofException(ProofFault.UNKNOWN_CONTEXT);
      }
    } else if (context.isArray()) {
      for (JsonNode item : context) {
        context(item);
      }
    } else if (!inlineContexts || !context.isObject()) {
      throw new ProofException(ProofFault.INLINE_CONTEXT);
    }
  }

  /** I-JSON (RFC 7493, 2.2): what a double holds, and not more digits than it keeps. */
  private static void number(JsonNode node) throws ProofException {
    if (node.isIntegralNumber()) {
      if (node.bigIntegerValue().abs().compareTo(SAFE) >= 0) {
        throw new ProofException(
            ProofFault.UNSAFE_DATA, "A number has more digits than every reader keeps.");
      }
      return;
    }
    double read = node.doubleValue();
    if (!Double.isFinite(read)
        || new BigDecimal(Double.toString(read)).compareTo(node.decimalValue()) != 0) {
      throw new ProofException(
          ProofFault.UNSAFE_DATA, "A number has more digits than every reader keeps.");
    }
  }

  /** Half a character has no bytes in UTF-8. */
  private static void text(String text) throws ProofException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else {
          throw new ProofException(ProofFault.UNSAFE_DATA, "A text has half a character.");
        }
      }
    }
  }
}
