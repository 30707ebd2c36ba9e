package dev.credmill.issuance.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.credmill.certificate.Claims;
import dev.credmill.contracts.CredmillConfig;
import dev.credmill.contracts.registry.CertificateTemplate;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.Registry;
import dev.credmill.issuance.credential.StoredCredential;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;

/** Joins a stored credential with what the catalogue says of its looks. */
@ApplicationScoped
class Presenting {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private final Registry registry;
  private final CredmillConfig credmill;

  Presenting(Registry registry, CredmillConfig credmill) {
    this.registry = registry;
    this.credmill = credmill;
  }

  /** What the catalogue says of one credential. */
  private record Looks(
      Optional<CredentialDefinition> definition,
      Optional<Organization> organization,
      Optional<CertificateTemplate> template) {
    static final Looks UNKNOWN = new Looks(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** With everything that the catalogue knows; fails where it cannot be asked. */
  Presented present(StoredCredential stored) {
    return present(stored, read(stored));
  }

  /**
   * The same of another form of it.
   *
   * @param signed what that form says
   */
  Presented present(StoredCredential stored, JsonNode signed) {
    return present(
        stored,
        signed,
        new Looks(
            registry.definition(stored.organization(), stored.definitionId()),
            registry.organization(stored.organization()),
            Optional.ofNullable(stored.certificateTemplateId())
                .flatMap(id -> registry.certificateTemplate(stored.organization(), id))));
  }

  /** With what the credential says of itself: it can be verified whether or not anyone answers. */
  Presented presentAlone(StoredCredential stored) {
    return present(stored, read(stored), Looks.UNKNOWN);
  }

  private Presented present(StoredCredential stored, JsonNode signed, Looks looks) {
    Optional<CredentialDefinition> definition = looks.definition();
    String publicUrl =
        looks.organization().map(Organization::publicUrl).orElseGet(credmill::publicUrl);
    Locale locale =
        definition
            .map(CredentialDefinition::display)
            .map(CredentialDefinition.Display::locale)
            .map(Locale::forLanguageTag)
            .orElse(Locale.ENGLISH);
    return new Presented(
        stored,
        signed,
        definition
            .map(CredentialDefinition::name)
            .or(() -> text(signed.path("name")))
            .orElse("Credential"),
        definition.map(CredentialDefinition::description).orElse(null),
        locale,
        text(signed.path("issuer").path("name")).orElse(stored.organization().value()),
        stored.key().did(),
        publicUrl + "/c/" + stored.linkToken(),
        publicUrl + "/orgs/" + stored.organization() + "/did.json",
        Claims.of(
            signed.path("credentialSubject"),
            definition.map(CredentialDefinition::claimsSchema).orElse(MissingNode.getInstance()),
            locale),
        looks.template());
  }

  private static Optional<String> text(JsonNode node) {
    return node.isTextual() && !node.asText().isBlank()
        ? Optional.of(node.asText())
        : Optional.empty();
  }

  private static JsonNode read(StoredCredential stored) {
    try {
      return MAPPER.readTree(stored.json());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored credential is no JSON", e);
    }
  }
}
