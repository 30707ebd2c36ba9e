package dev.credmill.registry.schema;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.CredentialDefinition.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * JSON Schema 2020-12 of the claims, checked: flat, one scalar per claim, every claim with a title
 * of its own, local references put in place. Its order is the order of the columns.
 */
public record ClaimsSchema(ObjectNode json) {
  public static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Filled by the platform, from the name columns and with the link. */
  private static final Set<String> WITHOUT_COLUMN =
      Set.of(
          CredentialDefinition.CRED_URL,
          CredentialDefinition.GIVEN_NAME,
          CredentialDefinition.FAMILY_NAME,
          CredentialDefinition.FULL_NAME);

  public ClaimsSchema {
    requireNonNull(json, "json");
  }

  /**
   * Takes what an issuer entered.
   *
   * @throws dev.credmill.contracts.problem.ProblemException naming every fault
   */
  public static ClaimsSchema entered(JsonNode claims) {
    return new ClaimsSchema(new ClaimsSchemaCheck().checked(claims));
  }

  /** Takes what was checked when it was entered. */
  static ClaimsSchema stored(String text) {
    try {
      return new ClaimsSchema((ObjectNode) JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored schema is not JSON", e);
    }
  }

  static boolean hasColumn(String claim) {
    return !WITHOUT_COLUMN.contains(claim);
  }

  /** The claims that a sheet supplies, in the order in which the schema names them. */
  public List<Column> columns() {
    Set<String> required = new HashSet<>();
    json.path("required").forEach(name -> required.add(name.textValue()));
    List<Column> columns = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : json.path("properties").properties()) {
      String claim = property.getKey();
      if (hasColumn(claim)) {
        columns.add(
            new Column(
                property.getValue().path("title").textValue(), claim, required.contains(claim)));
      }
    }
    return columns;
  }

  /** Every claim with its schema, in order. */
  public Set<Map.Entry<String, JsonNode>> claims() {
    return json.path("properties").properties();
  }

  public boolean hasClaim(String name) {
    return json.path("properties").has(name);
  }

  public boolean requires(String name) {
    for (JsonNode required : json.path("required")) {
      if (required.asText().equals(name)) {
        return hasClaim(name);
      }
    }
    return false;
  }

  /** Whether a credential of it comes with a certificate page. */
  public boolean asksForCertificate() {
    return hasClaim(CredentialDefinition.CRED_URL);
  }
}
