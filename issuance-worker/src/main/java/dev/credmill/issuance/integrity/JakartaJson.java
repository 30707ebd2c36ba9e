package dev.credmill.issuance.integrity;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.util.Map;

/** JSON as the JSON-LD processor wants it. */
final class JakartaJson {
  private static final JsonProvider JSON = JsonProvider.provider();

  private JakartaJson() {}

  static JsonObject object(JsonNode object) {
    JsonObjectBuilder builder = JSON.createObjectBuilder();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      builder.add(member.getKey(), value(member.getValue()));
    }
    return builder.build();
  }

  private static JsonValue value(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> object(node);
      case ARRAY -> {
        JsonArrayBuilder builder = JSON.createArrayBuilder();
        for (JsonNode item : node) {
          builder.add(value(item));
        }
        yield builder.build();
      }
      case STRING -> JSON.createValue(node.textValue());
      case BOOLEAN -> node.booleanValue() ? JsonValue.TRUE : JsonValue.FALSE;
      case NUMBER ->
          node.isIntegralNumber()
              ? JSON.createValue(node.bigIntegerValue())
              : JSON.createValue(node.decimalValue());
      case NULL -> JsonValue.NULL;
      case BINARY, POJO, MISSING ->
          throw new IllegalArgumentException("not from JSON text: " + node.getNodeType());
    };
  }
}
