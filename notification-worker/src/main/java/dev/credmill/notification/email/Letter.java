package dev.credmill.notification.email;

import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.notification.delivery.Delivery;

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
    CredentialDefinition.Display display = definition.display();
    String title = display == null || display.title() == null ? definition.name() : display.title();
    return new Letter(
        delivery.key().purpose(),
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
        purpose,
        name.isEmpty() ? "" : PreparedLetter.NAME,
        issuer,
        title,
        description,
        PreparedLetter.LINK,
        claimLink == null ? null : PreparedLetter.CLAIM_LINK,
        language);
  }

  String subject() {
    return switch (purpose) {
      case ISSUED -> title + " from " + issuer;
      case REVOKED -> title + " from " + issuer + " was revoked";
      case SUSPENDED -> title + " from " + issuer + " was suspended";
      case REINSTATED -> title + " from " + issuer + " is valid again";
    };
  }

  /** What the issuer has done; what it was done to follows. */
  public String deed() {
    return switch (purpose) {
      case ISSUED -> "has issued to you";
      case REVOKED -> "has revoked";
      case SUSPENDED -> "has suspended";
      case REINSTATED -> "has reinstated";
    };
  }

  /** What follows from it; null where the description says what there is to say. */
  public String consequence() {
    return switch (purpose) {
      case ISSUED -> null;
      case REVOKED ->
          "It does not count any more, nor does the copy in a wallet. If you think this is a mistake, please ask "
              + issuer
              + ".";
      case SUSPENDED ->
          "It does not count until it is reinstated, nor does the copy in a wallet. If you think this is a mistake, please ask "
              + issuer
              + ".";
      case REINSTATED -> "It counts again, and so does the copy in a wallet.";
    };
  }

  /** What the link to its page says. */
  public String invitation() {
    return purpose == Purpose.ISSUED ? "See, download or share it" : "See its page";
  }

  private static String line(String text) {
    return text.replaceAll("[\\s" + PreparedLetter.PLACES + "]+", " ").strip();
  }
}
