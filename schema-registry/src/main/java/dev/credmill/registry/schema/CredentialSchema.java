package dev.credmill.registry.schema;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.registry.CredentialDefinition.Column;
import dev.credmill.registry.catalogue.CatalogueEntry;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One version of what the claims of a credential look like. */
@Entity
@Table(name = "credential_schema")
public class CredentialSchema extends CatalogueEntry {
  @jakarta.persistence.Column(updatable = false)
  private String version;

  @jakarta.persistence.Column(updatable = false)
  private String description;

  @JsonIgnore
  @jakarta.persistence.Column(updatable = false)
  private String claims;

  protected CredentialSchema() {}

  CredentialSchema(
      String id,
      OrganizationId organization,
      NewSchema entered,
      ClaimsSchema claims,
      String createdBy,
      Instant now) {
    super(id, organization, entered.name(), createdBy, now);
    this.version = entered.version() == null ? "1" : entered.version();
    this.description = entered.description();
    this.claims = claims.json().toString();
  }

  public String version() {
    return version;
  }

  public String description() {
    return description;
  }

  public ClaimsSchema claims() {
    return ClaimsSchema.stored(claims);
  }

  @JsonProperty("claims")
  @Schema(type = SchemaType.OBJECT, description = "JSON Schema 2020-12 of the claims")
  JsonNode shownClaims() {
    return claims().json();
  }

  @JsonProperty("columns")
  @Schema(description = "The columns that a sheet has for these claims, in order")
  List<Column> shownColumns() {
    return claims().columns();
  }
}
