package dev.credmill.notification.email;

import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.notification.delivery.Delivery;

/**
 * What a letter says, as its templates see it.
 *
 * @param name the recipient's; may be empty
 * @param issuer the organization's name
 * @param title what was issued, in the definition's words
 * @param description one sentence about it; null where the definition has none
 * @param link the Cred_URL
 * @param claimLink leads to the claim into a wallet; null where there is none
 * @param language of the definition's texts; null where it is unknown
 */
record Letter(
    String name,
    String issuer,
    String title,
    String description,
    String link,
    String claimLink,
    String language) {

  static Letter of(Delivery delivery, Organization organization, CredentialDefinition definition) {
    CredentialDefinition.Display display = definition.display();
    String title = display == null || display.title() == null ? definition.name() : display.title();
    return new Letter(
        delivery.name().strip(),
        line(organization.name()),
        title == null ? definition.type() : line(title),
        display == null || display.description() == null ? null : line(display.description()),
        delivery.link(),
        delivery.claimLink(),
        display == null ? null : display.locale());
  }

  /** The same letter to anybody: with places where name, if there is one, and links are put in. */
  Letter form() {
    return new Letter(
        name.isEmpty() ? "" : PreparedLetter.NAME,
        issuer,
        title,
        description,
        PreparedLetter.LINK,
        claimLink == null ? null : PreparedLetter.CLAIM_LINK,
        language);
  }

  String subject() {
    return title + " from " + issuer;
  }

  private static String line(String text) {
    return text.replaceAll("[\\s" + PreparedLetter.PLACES + "]+", " ").strip();
  }
}
