package dev.credmill.contracts.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * The JSON-LD context of one definition: its credential type and every claim, each with an address
 * of its own. None of the base context's terms is among them, which entry of the schema saw to.
 *
 * <p>It stands here since two processes must say the same: the registry publishes it, and who signs
 * computes with it. It follows from the definition alone and never changes, as the definition does.
 */
public record DefinitionContext(String url, ObjectNode json) {
  private static final String PATH = "/contexts/";
  private static final String XSD = "http://www.w3.org/2001/XMLSchema#";

  public static DefinitionContext of(CredentialDefinition definition, String publicUrl) {
    String url = url(publicUrl, definition.id());
    String terms = url + "#";
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ObjectNode context = document.putObject("@context");
    context.put("@version", 1.1);
    if (definition.openBadge() == null) {
      context.put("@protected", true);
    }
    // The contexts of Open Badges give names such as givenName a meaning inside the issuer's
    // profile, which a protected term would forbid.
    context.put(definition.type(), terms + definition.type());
    for (Map.Entry<String, JsonNode> claim :
        definition.claimsSchema().path("properties").properties()) {
      ObjectNode term = context.putObject(claim.getKey());
      term.put("@id", terms + claim.getKey());
      String datatype = datatype(claim.getValue().path("format").asText());
      if (datatype != null) {
        term.put("@type", datatype);
      }
    }
    return new DefinitionContext(url, document);
  }

  public static String url(String publicUrl, String definitionId) {
    return publicUrl + PATH + definitionId;
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
