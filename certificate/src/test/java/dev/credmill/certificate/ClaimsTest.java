package dev.credmill.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @Test
  void claimsHaveTheSchemasTitlesInTheSchemasOrder() throws JsonProcessingException {
    // Given
    JsonNode schema =
        MAPPER.readTree(
            """
            {"properties": {
              "degree": {"title": "Degree"},
              "graduated": {"title": "Graduated on", "format": "date"},
              "honours": {"title": "With honours", "type": "boolean"},
              "modules": {"title": "Modules", "type": "array"},
              "place": {"title": "Place", "properties": {"town": {"title": "Town"}}},
              "Cred_URL": {"title": "Link"}}}
            """);
    JsonNode subject =
        MAPPER.readTree(
            """
            {"Cred_URL": "https://example.org/c/x", "place": {"town": "Oslo", "zip": 150}, "modules": ["A", "B"],
             "honours": true, "graduated": "2026-06-26", "degree": "MSc", "unknown": null, "extra": 1.50}
            """);
    // When
    Claims claims = Claims.of(subject, schema, Locale.ENGLISH);
    // Then
    assertThat(claims.list())
        .extracting(claim -> claim.title() + " = " + claim.value())
        .containsExactly(
            "Degree = MSc",
            "Graduated on = 26 June 2026",
            "With honours = Yes",
            "Modules = A, B",
            "Place = Town: Oslo; zip: 150",
            "extra = 1.5");
  }

  @Test
  void aDateThatIsNoneIsShownAsItIs() throws JsonProcessingException {
    // When
    Claims claims =
        Claims.of(
            MAPPER.readTree("{\"on\": \"soon\"}"),
            MAPPER.readTree("{\"properties\": {\"on\": {\"format\": \"date\"}}}"),
            Locale.GERMAN);
    // Then
    assertThat(claims.list()).containsExactly(new Claim("on", "on", "soon"));
  }

  @Test
  void theRecipientIsNamedByTheFullNameOrItsParts() throws JsonProcessingException {
    assertThat(name("{\"fullName\": \"Ada Lovelace\", \"givenName\": \"A\"}"))
        .isEqualTo("Ada Lovelace");
    assertThat(name("{\"givenName\": \"Ada\", \"familyName\": \"Lovelace\"}"))
        .isEqualTo("Ada Lovelace");
    assertThat(name("{\"familyName\": \"Lovelace\"}")).isEqualTo("Lovelace");
    assertThat(name("{}")).isEmpty();
  }

  private static String name(String subject) throws JsonProcessingException {
    return Claims.of(MAPPER.readTree(subject), MissingNode.getInstance(), Locale.ENGLISH)
        .recipientName();
  }
}
