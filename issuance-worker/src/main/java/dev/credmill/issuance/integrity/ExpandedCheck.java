package dev.credmill.issuance.integrity;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Whether RDF carries an expanded document whole. The conversion leaves out in silence what is no
 * absolute IRI, a text's direction and an index; here that is a fault.
 *
 * @param directions whether texts may have a direction, since no RDF is signed
 */
record ExpandedCheck(boolean directions) {
  private static final Pattern ABSOLUTE =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[^\\s<>\"{}|\\\\^`\\x00-\\x20]*");
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");

  void check(JsonArray expanded) throws ProofException {
    if (expanded.size() != 1 || !(expanded.get(0) instanceof JsonObject root)) {
      throw dropped("It does not describe one thing.");
    }
    object(root);
  }

  private void value(JsonValue value) throws ProofException {
    switch (value.getValueType()) {
      case OBJECT -> object(value.asJsonObject());
      case ARRAY -> {
        for (JsonValue item : value.asJsonArray()) {
          value(item);
        }
      }
      case STRING, NUMBER, TRUE, FALSE, NULL ->
          throw dropped("A value stands where only things can.");
    }
  }

  private void object(JsonObject object) throws ProofException {
    if (object.containsKey("@value")) {
      literal(object);
      return;
    }
    for (Map.Entry<String, JsonValue> member : object.entrySet()) {
      switch (member.getKey()) {
        case "@id" -> reference(member.getValue());
        case "@type" -> {
          for (JsonValue type : member.getValue().asJsonArray()) {
            reference(type);
          }
        }
        case "@list", "@set", "@graph", "@included" -> value(member.getValue());
        case "@reverse" -> object(member.getValue().asJsonObject());
        case "@index" -> throw dropped("An index is no part of RDF.");
        default -> {
          absolute(member.getKey());
          value(member.getValue());
        }
      }
    }
  }

  private void literal(JsonObject literal) throws ProofException {
    if (literal.containsKey("@direction") && !directions || literal.containsKey("@index")) {
      throw dropped("A text's direction and an index are no part of RDF.");
    }
    if (literal.get("@language") instanceof JsonString language
        && !LANGUAGE.matcher(language.getString()).matches()) {
      throw dropped("A language is no language tag.");
    }
    if (literal.get("@type") instanceof JsonString type && !type.getString().equals("@json")) {
      absolute(type.getString());
    }
  }

  private static void reference(JsonValue value) throws ProofException {
    if (!(value instanceof JsonString text)) {
      throw dropped("An identifier is no text.");
    }
    if (!text.getString().startsWith("_:")) {
      absolute(text.getString());
    }
  }

  private static void absolute(String iri) throws ProofException {
    if (!ABSOLUTE.matcher(iri).matches()) {
      throw dropped("A type, a name or an identifier is not defined by its contexts and no URL.");
    }
  }

  private static ProofException dropped(String detail) {
    return new ProofException(
        ProofFault.DROPPED_DATA,
        "Something in the document could not be covered by a proof: " + detail);
  }
}
