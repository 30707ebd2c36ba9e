package dev.credmill.registry.apikey;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.credmill.contracts.access.ApiKeys;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.registry.catalogue.PageRequest;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** An API key as it is kept: by its hash, from which nobody gets the key back. */
@Entity
@Table(name = "api_key")
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
@JsonPropertyOrder({"id", "name", "role", "organization"})
public class ApiKey implements PageRequest.Listed {
  @Id private String id;

  @JsonProperty("organization")
  @Column(name = "organization_id", updatable = false)
  private String organizationId;

  @Enumerated(EnumType.STRING)
  @Column(updatable = false)
  private Role role;

  @Column(updatable = false)
  private String name;

  @JsonIgnore
  @Column(updatable = false)
  private String hash;

  @Column(name = "created_by", updatable = false)
  private String createdBy;

  @Column(name = "created_at", updatable = false)
  private Instant createdAt;

  @Column(name = "revoked_at")
  private Instant revokedAt;

  protected ApiKey() {}

  ApiKey(String key, OrganizationId organization, Role role, String name, String by, Instant now) {
    this.id = "key-" + UUID.randomUUID();
    this.organizationId = organization == null ? null : organization.value();
    this.role = role;
    this.name = name.strip();
    this.hash = ApiKeys.hash(key);
    this.createdBy = by;
    this.createdAt = now.truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Instant createdAt() {
    return createdAt;
  }

  Caller caller() {
    return new Caller(id, organizationId == null ? null : new OrganizationId(organizationId), role);
  }

  /** The first time counts. */
  void revoke(Instant now) {
    if (revokedAt == null) {
      revokedAt = now.truncatedTo(ChronoUnit.MICROS);
    }
  }
}
