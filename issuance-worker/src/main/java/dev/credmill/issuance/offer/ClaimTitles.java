package dev.credmill.issuance.offer;

import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.CredentialDefinition.Display;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.Registry;
import dev.credmill.issuance.credential.StoredCredential;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What is to be claimed, in the words of the catalogue: never whose it is. */
@ApplicationScoped
class ClaimTitles {
  private final Registry registry;

  ClaimTitles(Registry registry) {
    this.registry = registry;
  }

  /**
   * The words.
   *
   * @param description null where there is none
   */
  record Titles(String title, String description, String language, String issuer) {}

  Titles of(StoredCredential credential) {
    Optional<CredentialDefinition> definition =
        registry.definition(credential.organization(), credential.definitionId());
    Optional<Display> display = definition.map(CredentialDefinition::display);
    return new Titles(
        display
            .map(Display::title)
            .or(() -> definition.map(CredentialDefinition::name))
            .orElse("Credential"),
        display
            .map(Display::description)
            .or(() -> definition.map(CredentialDefinition::description))
            .orElse(null),
        display.map(Display::locale).orElse("en"),
        registry
            .organization(credential.organization())
            .map(Organization::name)
            .orElse(credential.organization().value()));
  }
}
