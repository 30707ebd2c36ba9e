package dev.credmill.issuance.offer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.Registry;
import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.securing.KeyAlgorithm;
import dev.credmill.issuance.securing.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What a wallet must know of an organization before it can ask for anything. */
@ApplicationScoped
class IssuerMetadata {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String W3C_CONTEXT = "https://www.w3.org/ns/credentials/v2";
  private final Registry registry;
  private final SigningKeys keys;
  private final IssuanceConfig config;

  IssuerMetadata(Registry registry, SigningKeys keys, IssuanceConfig config) {
    this.registry = registry;
    this.keys = keys;
    this.config = config;
  }

  /** OpenID4VCI 1.0, 12.2.4. */
  ObjectNode credentialIssuer(Issuer issuer) {
    ObjectNode metadata = JSON.objectNode();
    metadata.put("credential_issuer", issuer.identifier());
    metadata.put("credential_endpoint", issuer.credentialEndpoint());
    metadata.put("nonce_endpoint", issuer.nonceEndpoint());
    metadata.put("notification_endpoint", issuer.notificationEndpoint());
    metadata.putObject("batch_credential_issuance").put("batch_size", config.offer().batchSize());
    metadata.putArray("display").addObject().put("name", issuer.organization().name());
    ObjectNode configurations = metadata.putObject("credential_configurations_supported");
    for (CredentialDefinition definition :
        registry.publishedDefinitions(issuer.organization().id())) {
      for (Configuration configuration : Configuration.of(definition)) {
        configurations.set(configuration.id(), describe(issuer, definition, configuration));
      }
    }
    return metadata;
  }

  /** RFC 8414, 2, and OpenID4VCI 1.0, 12.3. */
  ObjectNode authorizationServer(Issuer issuer) {
    ObjectNode metadata = JSON.objectNode();
    metadata.put("issuer", issuer.identifier());
    metadata.put("token_endpoint", issuer.tokenEndpoint());
    metadata.set("grant_types_supported", texts(List.of(Offer.GRANT)));
    metadata.put("pre-authorized_grant_anonymous_access_supported", true);
    metadata.set("token_endpoint_auth_methods_supported", texts(List.of("none")));
    metadata.set("authorization_details_types_supported", texts(List.of(Tokens.DETAILS_TYPE)));
    // Mandatory in RFC 8414; empty, since there is no authorization endpoint.
    metadata.putArray("response_types_supported");
    return metadata;
  }

  private ObjectNode describe(
      Issuer issuer, CredentialDefinition definition, Configuration configuration) {
    WalletFormat format = configuration.format();
    ObjectNode description = JSON.objectNode();
    description.put("format", format.identifier());
    description.put("scope", configuration.id());
    switch (format) {
      case SD_JWT_VC -> description.put("vct", vct(issuer, definition));
      case VC_JWT -> description.putObject("credential_definition").set("type", types(definition));
      case EDDSA_RDFC, EDDSA_JCS ->
          description
              .putObject("credential_definition")
              .<ObjectNode>set("@context", contexts(issuer, definition))
              .set("type", types(definition));
    }
    description.set("credential_signing_alg_values_supported", texts(List.of(algorithm(format))));
    description.set("cryptographic_binding_methods_supported", texts(bindings(format)));
    description
        .putObject("proof_types_supported")
        .putObject("jwt")
        .set("proof_signing_alg_values_supported", texts(HolderKeys.ALGORITHMS));
    // Wallets take an issuer without this for one of a draft.
    ObjectNode shown = description.putObject("credential_metadata");
    shown.set("display", display(definition));
    ArrayNode claims = claims(definition, format);
    if (!claims.isEmpty()) {
      shown.set("claims", claims);
    }
    return description;
  }

  /** With what the issuer signs it: a JOSE algorithm, or a cryptosuite. */
  private String algorithm(WalletFormat format) {
    return switch (format) {
      case SD_JWT_VC -> KeyAlgorithm.P256.jws();
      case VC_JWT -> keys.inBulk().jws();
      case EDDSA_RDFC, EDDSA_JCS -> format.definitionName();
    };
  }

  /**
   * An SD-JWT VC names its holder's key by {@code cnf.jwk}; wallets that proved a DID look for it
   * there and do not find it (Credo).
   */
  private static List<String> bindings(WalletFormat format) {
    return switch (format) {
      case SD_JWT_VC -> List.of(HolderKeys.BY_JWK);
      case VC_JWT, EDDSA_RDFC, EDDSA_JCS -> HolderKeys.METHODS;
    };
  }

  private static String vct(Issuer issuer, CredentialDefinition definition) {
    return issuer.organization().publicUrl() + "/vct/" + definition.id();
  }

  private static ArrayNode types(CredentialDefinition definition) {
    return texts(List.of("VerifiableCredential", definition.type()));
  }

  private static ArrayNode contexts(Issuer issuer, CredentialDefinition definition) {
    return texts(
        List.of(W3C_CONTEXT, issuer.organization().publicUrl() + "/contexts/" + definition.id()));
  }

  private static ArrayNode display(CredentialDefinition definition) {
    ArrayNode all = JSON.arrayNode();
    ObjectNode one = all.addObject();
    one.put("name", definition.name() == null ? definition.type() : definition.name());
    locale(one, definition);
    if (definition.description() != null) {
      one.put("description", definition.description());
    }
    CredentialDefinition.Display looks = definition.display();
    if (looks != null && looks.logo() != null) {
      one.putObject("logo").put("uri", looks.logo());
    }
    if (looks != null && looks.backgroundColor() != null) {
      one.put("background_color", looks.backgroundColor());
    }
    if (looks != null && looks.textColor() != null) {
      one.put("text_color", looks.textColor());
    }
    return all;
  }

  private static ArrayNode claims(CredentialDefinition definition, WalletFormat format) {
    ArrayNode claims = JSON.arrayNode();
    JsonNode required = definition.claimsSchema().path("required");
    definition
        .claimsSchema()
        .path("properties")
        .properties()
        .forEach(
            property -> {
              ObjectNode claim = claims.addObject();
              ArrayNode path = claim.putArray("path");
              if (format != WalletFormat.SD_JWT_VC) {
                path.add("credentialSubject");
              }
              path.add(property.getKey());
              claim.put("mandatory", contains(required, property.getKey()));
              String title = property.getValue().path("title").asText(property.getKey());
              locale(claim.putArray("display").addObject().put("name", title), definition);
            });
    return claims;
  }

  private static boolean contains(JsonNode texts, String text) {
    for (JsonNode one : texts) {
      if (one.asText().equals(text)) {
        return true;
      }
    }
    return false;
  }

  private static void locale(ObjectNode display, CredentialDefinition definition) {
    if (definition.display() != null && definition.display().locale() != null) {
      display.put("locale", definition.display().locale());
    }
  }

  private static ArrayNode texts(List<String> texts) {
    ArrayNode array = JSON.arrayNode();
    texts.forEach(array::add);
    return array;
  }
}
