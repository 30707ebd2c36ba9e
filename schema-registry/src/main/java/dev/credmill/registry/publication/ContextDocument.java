package dev.credmill.registry.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.registry.definition.CredentialDefinition;
import java.util.Map;

/**
 * The JSON-LD context of one definition: its credential type and every claim, each with an address
 * of its own. None of the base context's terms is among them, which entry of the schema saw to.
 */
record ContextDocument(ObjectNode json) {
  private static final String XSD = "http://www.w3.org/2001/XMLSchema#";

  static ContextDocument of(CredentialDefinition definition, String publicUrl) {
    String terms = publicUrl + "/contexts/" + definition.id() + "#";
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ObjectNode context = document.putObject("@context");
    context.put("@version", 1.1);
    context.put("@protected", true);
    context.put(definition.type(), terms + definition.type());
    for (Map.Entry<String, JsonNode> claim : definition.schema().claims().claims()) {
      ObjectNode term = context.putObject(claim.getKey());
      term.put("@id", terms + claim.getKey());
      String datatype = datatype(claim.getValue().path("format").asText());
      if (datatype != null) {
        term.put("@type", datatype);
      }
    }
    return new ContextDocument(document);
  }

  /**
   * Only what is a plain literal either way gets a datatype: typed as {@code @id}, a link that is
   * no absolute URL would be dropped from what is signed.
   */
  private static String datatype(String format) {
    return switch (format) {
      case "date" -> XSD + "date";
      case "date-time" -> XSD + "dateTime";
      default -> null;
    };
  }
}
