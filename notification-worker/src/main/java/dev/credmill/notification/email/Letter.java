package dev.credmill.notification.email;

import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.notification.delivery.Delivery;
import dev.credmill.notification.email.template.Variable;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a letter says, as its templates see it.
 *
 * @param purpose why the recipient is written to
 * @param name the recipient's; may be empty
 * @param issuer the organization's name
 * @param title what was issued, in the definition's words
 * @param description one sentence about it; null where the definition has none
 * @param link the Cred_URL
 * @param claimLink leads to the claim into a wallet; null where there is none
 * @param language of the definition's texts; null where it is unknown
 */
record Letter(
    Purpose purpose,
    String name,
    String issuer,
    String title,
    String description,
    String link,
    String claimLink,
    String language) {

  static Letter of(Delivery delivery, Organization organization, CredentialDefinition definition) {
    return new Letter(
        delivery.key().purpose(),
        delivery.name().strip(),
        line(organization.name()),
        title(definition),
        description(definition),
        delivery.link(),
        delivery.claimLink(),
        language(definition));
  }

  static String title(CredentialDefinition definition) {
    CredentialDefinition.Display display = definition.display();
    String title = display == null || display.title() == null ? definition.name() : display.title();
    return title == null ? definition.type() : line(title);
  }

  /** Null where there is none. */
  static String description(CredentialDefinition definition) {
    CredentialDefinition.Display display = definition.display();
    return display == null || display.description() == null ? null : line(display.description());
  }

  /** Null where it is unknown. */
  static String language(CredentialDefinition definition) {
    return definition.display() == null ? null : definition.display().locale();
  }

  /** The same letter to anybody: with places where name, if there is one, and links are put in. */
  Letter form() {
    return new Letter(
        purpose,
        name.isEmpty() ? "" : PreparedLetter.NAME,
        issuer,
        title,
        description,
        PreparedLetter.LINK,
        claimLink == null ? null : PreparedLetter.CLAIM_LINK,
        language);
  }

  /** What a template sees of it; what is missing is missing. */
  Map<Variable, String> values(String language) {
    Map<Variable, String> values = new EnumMap<>(Variable.class);
    put(values, Variable.NAME, name);
    put(values, Variable.ISSUER, issuer);
    put(values, Variable.TITLE, title);
    put(values, Variable.DESCRIPTION, description);
    put(values, Variable.LINK, link);
    put(values, Variable.CLAIM_LINK, claimLink);
    put(values, Variable.LANGUAGE, language);
    return values;
  }

  private static void put(Map<Variable, String> values, Variable variable, String value) {
    if (value != null && !value.isEmpty()) {
      values.put(variable, value);
    }
  }

  /** What is put in at one of {@link PreparedLetter#PLACES}. */
  String at(char place) {
    return switch (String.valueOf(place)) {
      case PreparedLetter.NAME -> name;
      case PreparedLetter.LINK -> link;
      case PreparedLetter.CLAIM_LINK -> claimLink == null ? "" : claimLink;
      default -> throw new IllegalStateException("no such place");
    };
  }

  static String line(String text) {
    return text.replaceAll("[\\s" + PreparedLetter.PLACES + "]+", " ").strip();
  }
}
