package dev.credmill.registry.schema;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.Problem.Fault;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.CredentialDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether JSON that somebody sent can be a credential schema. Guards come first (size, depth,
 * references), then the metaschema, then what a sheet and a credential need; every fault is named.
 */
final class ClaimsSchemaCheck {
  private static final int MOST_BYTES = 64 * 1024;
  private static final int DEEPEST = 8;
  private static final int MOST_CLAIMS = 200;
  private static final int MOST_ENUM_VALUES = 1000;
  private static final int MOST_FAULTS = 50;
  private static final int MOST_HOPS = 8;
  private static final int LONGEST_TITLE = 100;

  private static final Pattern CLAIM = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
  private static final Pattern TITLE_HEAD_OF_FORMULA = Pattern.compile("^[=+\\-@].*");
  private static final Pattern NOT_ONE_LINE = Pattern.compile("[\\p{Cc}\\p{Cs}\\u2028\\u2029]");

  private static final Set<String> ROOT_KEYWORDS =
      Set.of(
          "$schema",
          "$comment",
          "$defs",
          "title",
          "description",
          "type",
          "properties",
          "required",
          "additionalProperties",
          "examples");
  private static final Set<String> ANNOTATIONS =
      Set.of("title", "description", "$comment", "examples", "deprecated");
  private static final Set<String> CLAIM_KEYWORDS =
      Set.of(
          "type",
          "enum",
          "const",
          "format",
          "pattern",
          "minLength",
          "maxLength",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "title",
          "description",
          "$comment",
          "examples",
          "deprecated");
  private static final Set<String> FORMATS = Set.of("date", "date-time", "email", "uri");

  /** The dialect's own schema comes from the library's jar; nothing is ever fetched. */
  private static final Schema METASCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(SchemaLocation.of(ClaimsSchema.DIALECT));

  /** What one cell can become. */
  private enum ScalarType {
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN;

    static ScalarType of(JsonNode type) {
      return switch (type.asText()) {
        case "string" -> STRING;
        case "integer" -> INTEGER;
        case "number" -> NUMBER;
        case "boolean" -> BOOLEAN;
        default -> null;
      };
    }

    boolean holds(JsonNode value) {
      return switch (this) {
        case STRING -> value.isTextual();
        case INTEGER -> value.isIntegralNumber();
        case NUMBER -> value.isNumber();
        case BOOLEAN -> value.isBoolean();
      };
    }
  }

  private final List<Fault> faults = new ArrayList<>();

  /** The schema with references put in place and titles filled in. */
  ObjectNode checked(JsonNode claims) {
    if (claims == null || !claims.isObject()) {
      throw refused("claims must be a JSON Schema object with type \"object\" and properties");
    }
    if (bytes(claims) > MOST_BYTES) {
      throw refused("claims must have %d KiB at most".formatted(MOST_BYTES / 1024));
    }
    guard(claims, "", 1);
    throwIfAny();
    METASCHEMA
        .validate(claims)
        .forEach(
            error ->
                fault(error.getInstanceLocation().toString(), "metaschema", error.getMessage()));
    throwIfAny();
    ObjectNode schema = root((ObjectNode) claims);
    throwIfAny();
    if (bytes(schema) > MOST_BYTES) {
      throw refused(
          "claims must have %d KiB at most, also with the references put in place"
              .formatted(MOST_BYTES / 1024));
    }
    return schema;
  }

  /**
   * What could hurt whoever reads on: depth, references that lead outside, numbers beyond bounds.
   */
  private void guard(JsonNode node, String path, int depth) {
    if (depth > DEEPEST) {
      throw refused("claims must not be nested deeper than %d levels".formatted(DEEPEST));
    }
    if (node.isNumber() && !Double.isFinite(node.doubleValue())) {
      fault(path, "number", "is beyond what a number can be");
    }
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        guard(node.get(i), path + "/" + i, depth + 1);
      }
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String below = path + "/" + member.getKey();
      JsonNode value = member.getValue();
      switch (member.getKey()) {
        case "$ref", "$dynamicRef", "$recursiveRef" -> {
          if (value.isTextual()
              && (!member.getKey().equals("$ref") || !value.textValue().startsWith("#/"))) {
            fault(
                below,
                "reference",
                "may only be a $ref into this schema, such as #/$defs/level; nothing is fetched from elsewhere");
          }
        }
        case "$id", "$anchor", "$dynamicAnchor", "$vocabulary" ->
            // As a claim's name it is refused later, with a better reason.
            fault(below, "keyword", "must be left out: the platform gives the schema its address");
        default -> {}
      }
      guard(value, below, depth + 1);
    }
  }

  private ObjectNode root(ObjectNode entered) {
    for (Map.Entry<String, JsonNode> member : entered.properties()) {
      if (!ROOT_KEYWORDS.contains(member.getKey())) {
        fault(
            "/" + member.getKey(),
            "keyword",
            "is not taken here; a credential schema has type, properties, required, additionalProperties, title, description, $defs");
      }
    }
    if (entered.has("$schema") && !entered.path("$schema").asText().equals(ClaimsSchema.DIALECT)) {
      fault("/$schema", "dialect", "must be " + ClaimsSchema.DIALECT + " or be left out");
    }
    if (!entered.path("type").asText().equals("object")) {
      fault("/type", "type", "must be \"object\"");
    }
    if (entered.has("additionalProperties") && !entered.path("additionalProperties").isBoolean()) {
      fault("/additionalProperties", "type", "must be true or false");
    }
    JsonNode properties = entered.path("properties");
    if (properties.isEmpty()) {
      fault("/properties", "missing", "must name at least one claim");
    }
    if (properties.size() > MOST_CLAIMS) {
      throw refused(
          "claims must have %d properties at most, these are %d"
              .formatted(MOST_CLAIMS, properties.size()));
    }
    Set<String> required = new HashSet<>();
    entered
        .path("required")
        .forEach(
            name -> {
              required.add(name.asText());
              if (!properties.has(name.asText())) {
                fault(
                    "/required",
                    "unknown",
                    "names \"" + name.asText() + "\", which is no property");
              }
            });

    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("$schema", ClaimsSchema.DIALECT);
    entered.properties().stream()
        .filter(member -> !member.getKey().equals("$defs") && !member.getKey().equals("$schema"))
        .forEach(member -> schema.set(member.getKey(), member.getValue()));
    ObjectNode resolved = schema.putObject("properties");
    Map<String, String> claimOfHeading = new HashMap<>();
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      claim(entered, property.getKey(), property.getValue(), claimOfHeading)
          .ifPresent(claim -> resolved.set(property.getKey(), claim));
    }
    return schema;
  }

  private Optional<ObjectNode> claim(
      ObjectNode root, String name, JsonNode entered, Map<String, String> claimOfHeading) {
    String path = "/properties/" + name;
    name(path, name);
    if (!entered.isObject()) {
      fault(path, "type", "must be an object with a type");
      return Optional.empty();
    }
    ObjectNode claim = inPlace(root, path, (ObjectNode) entered);
    for (Map.Entry<String, JsonNode> member : claim.properties()) {
      if (!CLAIM_KEYWORDS.contains(member.getKey())) {
        fault(
            path + "/" + member.getKey(),
            "keyword",
            "is not taken: a claim is one cell of a sheet, described by type, enum, const, format, pattern, lengths and bounds");
      }
    }
    scalar(path, claim);
    platformClaim(path, name, claim);
    if (!claim.has("title")) {
      claim.put("title", name);
    }
    if (ClaimsSchema.hasColumn(name)) {
      heading(path + "/title", name, claim.path("title").asText(), claimOfHeading);
    }
    return Optional.of(claim);
  }

  private void name(String path, String name) {
    if (!CLAIM.matcher(name).matches()) {
      fault(
          path,
          "name",
          "must be named by 1 to 64 of A-Z, a-z, 0-9 and _, beginning with no digit; what people read goes into title");
    } else if (ReservedNames.isClaim(name)) {
      fault(
          path,
          "reserved",
          "has a name that credentials use for something else; choose another one, such as \"%s\""
              .formatted("my" + Character.toUpperCase(name.charAt(0)) + name.substring(1)));
    } else if (name.equalsIgnoreCase(CredentialDefinition.CRED_URL)
        && !name.equals(CredentialDefinition.CRED_URL)) {
      fault(path, "reserved", "must be written " + CredentialDefinition.CRED_URL);
    }
  }

  /** References are resolved once, here, so that whoever reads a claim finds its type in it. */
  private ObjectNode inPlace(ObjectNode root, String path, ObjectNode entered) {
    ObjectNode claim = entered.deepCopy();
    for (int hop = 0; claim.has("$ref"); hop++) {
      String reference = claim.path("$ref").asText();
      JsonNode target = root.at(JsonPointer.compile(reference.substring(1)));
      if (hop == MOST_HOPS || !target.isObject()) {
        fault(
            path + "/$ref",
            "reference",
            hop == MOST_HOPS
                ? "leads through too many references"
                : "leads to nothing: " + reference);
        claim.remove("$ref");
        return claim;
      }
      claim.remove("$ref");
      ObjectNode merged = ((ObjectNode) target).deepCopy();
      for (Map.Entry<String, JsonNode> member : claim.properties()) {
        boolean differs =
            merged.has(member.getKey()) && !merged.get(member.getKey()).equals(member.getValue());
        if (differs && !ANNOTATIONS.contains(member.getKey())) {
          fault(
              path + "/" + member.getKey(),
              "reference",
              "is said otherwise by what $ref leads to; say it in one place");
        }
        merged.set(member.getKey(), member.getValue());
      }
      claim = merged;
    }
    return claim;
  }

  private void scalar(String path, ObjectNode claim) {
    ScalarType type = ScalarType.of(claim.path("type"));
    if (type == null) {
      fault(
          path + "/type",
          "type",
          "must be one of \"string\", \"integer\", \"number\", \"boolean\": a claim is one cell of a sheet");
      return;
    }
    JsonNode format = claim.path("format");
    if (!format.isMissingNode()
        && (type != ScalarType.STRING || !FORMATS.contains(format.asText()))) {
      fault(path + "/format", "format", "must be date, date-time, email or uri, on a string");
    }
    JsonNode choices = claim.path("enum");
    if (choices.isArray() && (choices.isEmpty() || choices.size() > MOST_ENUM_VALUES)) {
      fault(path + "/enum", "enum", "must have 1 to %d values".formatted(MOST_ENUM_VALUES));
    }
    for (JsonNode choice : choices) {
      if (!type.holds(choice)) {
        fault(path + "/enum", "enum", "has a value that is not of the claim's type: " + choice);
      }
    }
    if (claim.has("const") && !type.holds(claim.get("const"))) {
      fault(path + "/const", "const", "is not of the claim's type");
    }
    if (claim.path("pattern").isTextual()) {
      new ValuePattern(claim.path("pattern").textValue())
          .fault()
          .ifPresent(fault -> fault(path + "/pattern", "pattern", fault));
    }
  }

  /** The platform fills these, so an issuer cannot bind what goes into them. */
  private void platformClaim(String path, String name, ObjectNode claim) {
    if (ClaimsSchema.hasColumn(name)) {
      return;
    }
    boolean isLink = name.equals(CredentialDefinition.CRED_URL);
    Set<String> allowed = new HashSet<>(ANNOTATIONS);
    allowed.add("type");
    if (isLink) {
      allowed.add("format");
    } else {
      allowed.addAll(Set.of("minLength", "maxLength"));
    }
    boolean onlyAllowed =
        claim.properties().stream().allMatch(member -> allowed.contains(member.getKey()));
    boolean formatFits = !claim.has("format") || claim.path("format").asText().equals("uri");
    if (!claim.path("type").asText().equals("string") || !onlyAllowed || !formatFits) {
      fault(
          path,
          "platform",
          isLink
              ? "is the certificate's link, which the platform fills: {\"type\": \"string\", \"format\": \"uri\"}"
              : "is filled from the sheet's name columns: {\"type\": \"string\"}, with minLength and maxLength at most");
    }
  }

  private void heading(
      String path, String claim, String title, Map<String, String> claimOfHeading) {
    if (title.isBlank()
        || title.length() > LONGEST_TITLE
        || !title.equals(title.strip())
        || NOT_ONE_LINE.matcher(title).find()
        || TITLE_HEAD_OF_FORMULA.matcher(title).matches()) {
      fault(
          path,
          "title",
          "heads the column: one line of 1 to %d characters, no space around it, not beginning with = + - @"
              .formatted(LONGEST_TITLE));
      return;
    }
    if (ReservedNames.isHeading(title)) {
      fault(
          path,
          "title",
          "\"%s\" heads a column that every sheet may have; choose another title".formatted(title));
      return;
    }
    String other = claimOfHeading.putIfAbsent(ReservedNames.comparable(title), claim);
    if (other != null) {
      fault(
          path,
          "title",
          "\"%s\" is the title of %s too; titles must differ by more than case and space"
              .formatted(title, other));
    }
  }

  private void fault(String path, String code, String message) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(new Fault("claims" + path, code, message));
    }
  }

  private void throwIfAny() {
    if (faults.isEmpty()) {
      return;
    }
    Fault first = faults.getFirst();
    String detail =
        faults.size() == 1
            ? first.field() + " " + first.message()
            : "%d things are wrong with claims, see errors; the first: %s %s"
                .formatted(faults.size(), first.field(), first.message());
    throw new ProblemException(Problem.of(ProblemType.SCHEMA_INVALID, detail, faults));
  }

  private static ProblemException refused(String detail) {
    return ProblemType.SCHEMA_INVALID.because(detail);
  }

  private static int bytes(JsonNode node) {
    return node.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
