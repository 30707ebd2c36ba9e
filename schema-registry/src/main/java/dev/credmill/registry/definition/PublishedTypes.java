package dev.credmill.registry.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.certificate.WalletTemplate;
import dev.credmill.contracts.registry.TypeMetadata;
import dev.credmill.registry.organization.Organization;
import dev.credmill.registry.organization.Organizations;
import dev.credmill.registry.template.CertificateTemplates;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The types of the SD-JWT VCs that can be issued, each with the certificate for wallets. */
@ApplicationScoped
public class PublishedTypes implements PanacheRepositoryBase<PublishedType, String> {
  /** As long as the tokens of links are. */
  private static final String TOKEN = "AY3kq0o2Zz8mVb1tQx7Jr5nUe9sLwCfDhGpT";

  private final CertificateTemplates templates;
  private final Organizations organizations;

  PublishedTypes(CertificateTemplates templates, Organizations organizations) {
    this.templates = templates;
    this.organizations = organizations;
  }

  /** Empty for a definition that was published before types were kept. */
  public Optional<PublishedType> of(String definitionId) {
    return findByIdOptional(definitionId);
  }

  /** What would be published with a definition that gives SD-JWT VCs; empty for any other. */
  Optional<PublishedType> draw(CredentialDefinition definition) {
    dev.credmill.contracts.registry.CredentialDefinition described = definition.asOthersKnowIt();
    if (!described.formats().contains(TypeMetadata.FORMAT)) {
      return Optional.empty();
    }
    Organization organization = organizations.of(definition.organization()).orElseThrow();
    WalletTemplate picture =
        templates.forWallets(
            definition.template(),
            texts(described, organization.asOthersKnowIt().name()),
            organization.publicUrl() + "/c/" + TOKEN);
    TypeMetadata type =
        TypeMetadata.of(
            described,
            organization.publicUrl(),
            new TypeMetadata.Picture(
                TypeMetadata.pictureUrl(organization.publicUrl(), definition.id()),
                TypeMetadata.integrity(picture.svg()),
                picture.landscape()));
    return Optional.of(new PublishedType(definition.id(), type.json(), picture.svg()));
  }

  /**
   * What fills the template: of what an SD-JWT VC says, its claims; it has no number, and its times
   * are seconds.
   */
  private static Map<String, String> texts(
      dev.credmill.contracts.registry.CredentialDefinition definition, String issuerName) {
    Map<String, String> texts = new HashMap<>();
    JsonNode claims = definition.claimsSchema().path("properties");
    claims.fieldNames().forEachRemaining(claim -> texts.put(claim, placeholder(claim)));
    texts.put("title", fixed(definition.name()));
    texts.put("issuerName", fixed(issuerName));
    texts.put("recipientName", recipientName(claims));
    texts.put("credUrl", texts.getOrDefault("Cred_URL", ""));
    for (String unknown : new String[] {"validFrom", "validUntil", "credentialId"}) {
      texts.put(unknown, "");
    }
    return texts;
  }

  private static String recipientName(JsonNode claims) {
    if (claims.has("fullName")) {
      return placeholder("fullName");
    }
    return ((claims.has("givenName") ? placeholder("givenName") : "")
            + " "
            + (claims.has("familyName") ? placeholder("familyName") : ""))
        .strip();
  }

  private static String placeholder(String claim) {
    return "{{" + claim + "}}";
  }

  /** Nobody's name is a placeholder. */
  private static String fixed(String text) {
    return text.replace("{{", "{ {");
  }
}
