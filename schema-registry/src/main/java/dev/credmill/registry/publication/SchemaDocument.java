package dev.credmill.registry.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.registry.schema.ClaimsSchema;
import dev.credmill.registry.schema.CredentialSchema;
import java.util.Map;

/**
 * JSON Schema of a whole credential, to which its {@code credentialSchema} points (VC JSON Schema):
 * the data model's own members around the claims that the issuer described.
 */
record SchemaDocument(ObjectNode json) {
  private static final String BASE_CONTEXT = "https://www.w3.org/ns/credentials/v2";

  static SchemaDocument of(CredentialSchema schema, String publicUrl) {
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    whole.put("$schema", ClaimsSchema.DIALECT);
    whole.put("$id", publicUrl + "/schemas/" + schema.id());
    whole.put("title", schema.name());
    if (schema.description() != null) {
      whole.put("description", schema.description());
    }
    whole.put("type", "object");
    strings(whole.putArray("required"), "@context", "type", "issuer", "credentialSubject");
    ObjectNode members = whole.putObject("properties");
    context(members.putObject("@context"));
    uri(members.putObject("id"));
    type(members.putObject("type"));
    issuer(members.putObject("issuer"));
    dateTime(members.putObject("validFrom"));
    dateTime(members.putObject("validUntil"));
    members.set("credentialSubject", subject(schema.claims().json()));
    return new SchemaDocument(whole);
  }

  /** The claims, and the id that a subject may have beside them. */
  private static ObjectNode subject(ObjectNode claims) {
    ObjectNode subject = claims.deepCopy();
    // A dialect is declared at the root only (JSON Schema Core, 8.1.1).
    subject.remove("$schema");
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    uri(properties.putObject("id"));
    for (Map.Entry<String, JsonNode> claim : claims.path("properties").properties()) {
      properties.set(claim.getKey(), claim.getValue());
    }
    subject.set("properties", properties);
    return subject;
  }

  private static void context(ObjectNode context) {
    context.put("type", "array");
    context.putArray("prefixItems").addObject().put("const", BASE_CONTEXT);
    context.put("minItems", 1);
  }

  private static void type(ObjectNode type) {
    type.put("type", "array");
    type.putObject("items").put("type", "string");
    type.putObject("contains").put("const", "VerifiableCredential");
  }

  private static void issuer(ObjectNode issuer) {
    ArrayNode forms = issuer.putArray("anyOf");
    uri(forms.addObject());
    ObjectNode object = forms.addObject();
    object.put("type", "object");
    strings(object.putArray("required"), "id");
    uri(object.putObject("properties").putObject("id"));
  }

  private static void uri(ObjectNode node) {
    node.put("type", "string").put("format", "uri");
  }

  private static void dateTime(ObjectNode node) {
    node.put("type", "string").put("format", "date-time");
  }

  private static void strings(ArrayNode array, String... values) {
    for (String value : values) {
      array.add(value);
    }
  }
}
