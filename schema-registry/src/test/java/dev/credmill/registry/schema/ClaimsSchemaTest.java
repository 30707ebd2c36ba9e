package dev.credmill.registry.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.CredentialDefinition.Column;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theColumnsAreTheClaimsInTheirOrderWithoutThoseThatThePlatformFills() {
    // Given
    JsonNode entered =
        json(
            """
            {"type": "object", "required": ["zeal", "fullName"], "properties": {
              "zeal": {"type": "string", "title": "Zeal"},
              "fullName": {"type": "string"},
              "answer": {"type": "integer"},
              "givenName": {"type": "string"}, "familyName": {"type": "string"},
              "Cred_URL": {"type": "string", "format": "uri"},
              "born": {"type": "string", "format": "date", "title": "Date of Birth"}}}
            """);
    // When
    ClaimsSchema schema = ClaimsSchema.entered(entered);
    // Then
    assertThat(schema.columns())
        .containsExactly(
            new Column("Zeal", "zeal", true),
            new Column("answer", "answer", false),
            new Column("Date of Birth", "born", false));
    assertThat(schema.asksForCertificate()).isTrue();
    assertThat(ClaimsSchema.stored(schema.json().toString())).isEqualTo(schema);
  }

  @Test
  void aLocalReferenceIsPutInPlace() {
    // Given
    JsonNode entered =
        json(
            """
            {"type": "object", "$defs": {"level": {"type": "string", "enum": ["A", "B"], "title": "Any level"}},
             "properties": {"level": {"$ref": "#/$defs/level", "title": "Level"}}}
            """);
    // When
    JsonNode schema = ClaimsSchema.entered(entered).json();
    // Then
    assertThat(schema.has("$defs")).isFalse();
    assertThat(schema.at("/properties/level"))
        .isEqualTo(json("{\"type\": \"string\", \"enum\": [\"A\", \"B\"], \"title\": \"Level\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/schema.json",
        "file:///etc/passwd",
        "//evil.example/x",
        "other.json#/$defs/x",
        "#anchor",
        "#"
      })
  void aReferenceThatLeadsElsewhereIsRefused(String reference) {
    // When
    Problem problem = refusalOfClaim("{\"$ref\": \"" + reference + "\"}");
    // Then
    assertThat(problem.detail()).contains("$ref into this schema");
  }

  @Test
  void referencesInACircleAreRefused() {
    // When
    Problem problem =
        refusal(
            """
            {"type": "object", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}},
             "properties": {"x": {"$ref": "#/$defs/a"}}}
            """);
    // Then
    assertThat(problem.errors()).anyMatch(fault -> fault.message().contains("too many references"));
  }

  @Test
  void aDanglingReferenceIsRefused() {
    assertThat(refusalOfClaim("{\"$ref\": \"#/$defs/none\"}").errors())
        .anyMatch(fault -> fault.message().contains("leads to nothing"));
  }

  @Test
  void deepNestingIsRefused() {
    // Given
    String deep = "{\"items\":".repeat(900) + "{}" + "}".repeat(900);
    // When
    Problem problem = refusalOfClaim("{\"type\": \"string\", \"not\": " + deep + "}");
    // Then
    assertThat(problem.detail()).contains("nested deeper than 8");
  }

  @Test
  void moreThan64KiBAreRefused() {
    assertThat(
            refusalOfClaim(
                    "{\"type\": \"string\", \"description\": \"" + "x".repeat(65_536) + "\"}")
                .detail())
        .contains("64 KiB");
  }

  @Test
  void aReferenceCannotBeUsedToBlowTheSchemaUp() {
    // Given
    String properties =
        IntStream.range(0, 200)
            .mapToObj(i -> "\"c" + i + "\": {\"$ref\": \"#/$defs/big\", \"title\": \"C" + i + "\"}")
            .collect(Collectors.joining(","));
    String big = "{\"type\": \"string\", \"description\": \"" + "x".repeat(40_000) + "\"}";
    // When
    Problem problem =
        refusal(
            "{\"type\": \"object\", \"$defs\": {\"big\": "
                + big
                + "}, \"properties\": {"
                + properties
                + "}}");
    // Then
    assertThat(problem.detail()).contains("references put in place");
  }

  @Test
  void moreThan200ClaimsAreRefused() {
    // Given
    String properties =
        IntStream.range(0, 201)
            .mapToObj(i -> "\"c" + i + "\": {\"type\": \"string\"}")
            .collect(Collectors.joining(","));
    // When
    Problem problem = refusal("{\"type\": \"object\", \"properties\": {" + properties + "}}");
    // Then
    assertThat(problem.detail()).contains("200 properties at most, these are 201");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id", "type", "name", "description", "issuer", "proof", "credentialStatus", "validFrom",
        "credentialSubject", "created", "statusPurpose", "vct", "iss", "_sd", "recipientName",
            "qrCode"
      })
  void aNameThatCredentialsUseForSomethingElseIsRefused(String name) {
    assertThat(refusalOfClaimNamed(name).detail()).contains("credentials use for something else");
  }

  @ParameterizedTest
  @ValueSource(strings = {"@context", "first name", "a:b", "1st", "", "naïve", "a.b", "x-y"})
  void aNameThatIsNoTermIsRefused(String name) {
    assertThat(refusalOfClaimNamed(name).detail()).contains("must be named by 1 to 64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cred_url", "CRED_URL", "Cred_url"})
  void aMisspelledCertificateClaimIsNotTakenForAnother(String name) {
    assertThat(refusalOfClaimNamed(name).detail()).contains("must be written Cred_URL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Email",
        "e mail",
        "FIRST NAME",
        "lastname",
        "Phone",
        "ID",
        "Reference",
        "Expiration",
        "Expiration Date/Duration",
        "Language",
        "Contact",
        "Error"
      })
  void aTitleThatHeadsAnotherColumnIsRefused(String title) {
    assertThat(refusalOfClaim("{\"type\": \"string\", \"title\": \"" + title + "\"}").detail())
        .contains("heads a column that every sheet may have");
  }

  @Test
  void titlesThatDifferInCaseAndSpaceOnlyAreRefused() {
    // When
    Problem problem =
        refusal(
            """
            {"type": "object", "properties": {
              "a": {"type": "string", "title": "Field of Study"},
              "b": {"type": "string", "title": "FIELD of  study"}}}
            """);
    // Then
    assertThat(problem.detail()).contains("is the title of a too");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+x", "-x", "@x", "two\\nlines", " x", ""})
  void aTitleThatIsNoHarmlessHeadingIsRefused(String title) {
    assertThat(refusalOfClaim("{\"type\": \"string\", \"title\": \"" + title + "\"}").detail())
        .contains("heads the column");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"object\", \"properties\": {}}",
        "{\"type\": \"array\", \"items\": {\"type\": \"string\"}}",
        "{\"type\": [\"string\", \"null\"]}",
        "{\"type\": \"null\"}",
        "{}"
      })
  void aClaimThatIsNotOneCellIsRefused(String claim) {
    assertThat(refusalOfClaim(claim).errors())
        .anyMatch(f -> f.message().contains("one cell of a sheet"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\": \"string\", \"format\": \"ipv4\"} | must be date, date-time, email or uri",
        "{\"type\": \"integer\", \"format\": \"date\"} | on a string",
        "{\"type\": \"integer\", \"enum\": [1, \"2\"]} | not of the claim's type",
        "{\"type\": \"string\", \"enum\": []} | 1 to 1000 values",
        "{\"type\": \"boolean\", \"const\": \"yes\"} | not of the claim's type",
        "{\"type\": \"string\", \"pattern\": \"(a+)+$\"} | itself repeats",
        "{\"type\": \"string\", \"pattern\": \"[\"} | not a regular expression",
        "{\"type\": \"string\", \"requried\": true} | is not taken",
        "{\"type\": \"number\", \"maximum\": 1e999} | beyond what a number can be",
        "{\"type\": \"string\", \"minLength\": -1} | minimum",
        "{\"type\": \"strnig\"} | enum",
        "true | must be an object with a type"
      })
  void everyFaultSaysWhatToDo(String claim, String says) {
    assertThat(refusalOfClaim(claim).toString()).contains(says);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "\"object\"",
        "{\"type\": \"object\"}",
        "{\"type\": \"object\", \"properties\": {}}",
        "{\"type\": \"array\", \"properties\": {\"a\": {\"type\": \"string\"}}}",
        "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}, \"required\": [\"b\"]}",
        "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}, \"allOf\": []}",
        "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}, \"$id\": \"https://x.example\"}",
        "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}, \"additionalProperties\": {}}",
        "{\"$schema\": \"http://json-schema.org/draft-07/schema#\", \"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}}"
      })
  void whatIsNoFlatObjectOfThisDialectIsRefused(String claims) {
    assertThat(refusal(claims).type()).isEqualTo(ProblemType.SCHEMA_INVALID.uri());
  }

  @Test
  void theCertificateLinkCannotBeBound() {
    assertThat(
            refusal(
                    """
                    {"type": "object", "properties": {"Cred_URL": {"type": "string", "const": "https://evil.example"}}}
                    """)
                .detail())
        .contains("which the platform fills");
  }

  @Test
  void everyFaultIsNamedAtOnce() {
    // When
    Problem problem =
        refusal(
            """
            {"type": "object", "required": ["d"], "properties": {
              "issuer": {"type": "string"}, "b": {"type": "object"}, "c": {"type": "string", "title": "Email"}}}
            """);
    // Then
    assertThat(problem.errors()).hasSize(4);
    assertThat(problem.detail()).startsWith("4 things are wrong");
  }

  private static Problem refusalOfClaimNamed(String name) {
    return refusal(
        "{\"type\": \"object\", \"properties\": {\"" + name + "\": {\"type\": \"string\"}}}");
  }

  private static Problem refusalOfClaim(String claim) {
    return refusal("{\"type\": \"object\", \"properties\": {\"claim\": " + claim + "}}");
  }

  private static Problem refusal(String claims) {
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> ClaimsSchema.entered(json(claims)));
    assertThat(refused)
        .as("refused: " + claims.substring(0, Math.min(200, claims.length())))
        .isNotNull();
    return refused.problem();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
