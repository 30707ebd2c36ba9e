package dev.credmill.notification.email.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrganizationTemplatesTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "de-AT, diploma de-AT",
        "de-at, diploma de-AT",
        "de-AT-1996, diploma de-AT",
        "de-CH, diploma de",
        "de-Latn-CH, diploma de",
        "de, diploma de",
        "fr, diploma any",
        "null, diploma any",
        "not a language, diploma any"
      })
  void theDefinitionsTemplateInTheNearestLanguageHolds(String language, String holds) {
    // Given
    OrganizationTemplates templates =
        templates(
            template("diploma", "de-AT"),
            template("diploma", "de"),
            template("diploma", null),
            template(null, "fr"),
            template(null, "de-CH"));
    // When, Then
    assertThat(templates.find("diploma", Purpose.ISSUED, language))
        .map(MessageTemplate::subject)
        .hasValue(holds);
  }

  @Test
  void theOrganizationsHoldsWhereTheDefinitionHasNoneInTheLanguage() {
    // Given
    OrganizationTemplates templates =
        templates(template("diploma", "de"), template(null, "en"), template(null, null));
    // When, Then
    assertThat(templates.find("diploma", Purpose.ISSUED, "en-GB"))
        .map(MessageTemplate::subject)
        .hasValue("null en");
    assertThat(templates.find("diploma", Purpose.ISSUED, "fr"))
        .map(MessageTemplate::subject)
        .hasValue("null any");
    assertThat(templates.find("other", Purpose.ISSUED, "de"))
        .map(MessageTemplate::subject)
        .hasValue("null any");
  }

  @Test
  void anotherPurposeHasTemplatesOfItsOwn() {
    assertThat(templates(template(null, null)).find("diploma", Purpose.REVOKED, "en")).isEmpty();
    assertThat(templates().find("diploma", Purpose.ISSUED, "en")).isEmpty();
  }

  private static OrganizationTemplates templates(MessageTemplate... templates) {
    return new OrganizationTemplates(List.of(templates));
  }

  private static MessageTemplate template(String definition, String language) {
    return new MessageTemplate(
        UUID.randomUUID(),
        1,
        definition,
        Purpose.ISSUED,
        language,
        definition + " " + (language == null ? "any" : language),
        "{{link}}",
        null,
        null,
        null,
        null,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
