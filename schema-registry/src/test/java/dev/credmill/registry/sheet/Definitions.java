package dev.credmill.registry.sheet;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.registry.schema.ClaimsSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** Definitions by nothing but the properties of their claims. */
final class Definitions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Definitions() {}

  static CredentialDefinition named(String name, String required, String properties) {
    try {
      ClaimsSchema claims =
          ClaimsSchema.entered(
              JSON.readTree(
                  "{\"type\": \"object\", \"required\": %s, \"properties\": %s}"
                      .formatted(required, properties)));
      return new CredentialDefinition(
          name.toLowerCase(Locale.ROOT),
          new OrganizationId("acme"),
          true,
          name,
          null,
          "TestCredential",
          "test",
          claims.json(),
          claims.columns(),
          null,
          null,
          List.of("vc+jwt"),
          null,
          null,
          null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static CredentialDefinition valid(CredentialDefinition like, String id, String validity) {
    return new CredentialDefinition(
        id,
        like.organization(),
        like.published(),
        like.name(),
        like.description(),
        like.type(),
        like.schemaId(),
        like.claimsSchema(),
        like.columns(),
        like.certificateTemplateId(),
        validity,
        like.formats(),
        like.statusPurposes(),
        like.alwaysDisclosed(),
        like.display());
  }
}
