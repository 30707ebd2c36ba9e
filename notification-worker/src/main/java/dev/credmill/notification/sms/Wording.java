package dev.credmill.notification.sms;

import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.Registry;
import dev.credmill.notification.delivery.Delivery;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What text messages say. */
@ApplicationScoped
class Wording {
  private static final int LONGEST_WORDS = 40;
  private final Registry registry;

  Wording(Registry registry) {
    this.registry = registry;
  }

  /** The message to that recipient; empty where the organization has no such definition. */
  Optional<Sms> sms(Delivery delivery) {
    Optional<Organization> organization = registry.organization(delivery.organization());
    return registry
        .definition(delivery.organization(), delivery.definitionId())
        .flatMap(
            definition ->
                organization.map(
                    issuer ->
                        new Sms(
                            delivery.key().message(),
                            delivery.organization(),
                            delivery.contact(),
                            SmsText.of(words(delivery, issuer, definition)))));
  }

  private static String words(
      Delivery delivery, Organization issuer, CredentialDefinition definition) {
    return "%s: %s%s %s%s"
        .formatted(
            shortened(issuer.name()),
            shortened(title(definition)),
            news(delivery.key().purpose()),
            delivery.link(),
            claim(delivery));
  }

  private static String news(Purpose purpose) {
    return switch (purpose) {
      case ISSUED -> "";
      case REVOKED -> " was revoked";
      case SUSPENDED -> " was suspended";
      case REINSTATED -> " is valid again";
    };
  }

  private static String claim(Delivery delivery) {
    if (delivery.claimLink() != null) {
      return " Add to your wallet: " + delivery.claimLink();
    }
    return delivery.claimCode() == null
        ? ""
        : " Code for your wallet: %s. Tell it to nobody.".formatted(delivery.claimCode());
  }

  private static String title(CredentialDefinition definition) {
    return definition.display() == null || definition.display().title() == null
        ? definition.name()
        : definition.display().title();
  }

  /** Short enough that words and link usually fit into one message of 160 characters. */
  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    int length = line.codePointCount(0, line.length());
    return length <= LONGEST_WORDS
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_WORDS - 3)) + "...";
  }
}
