package dev.credmill.registry.catalogue;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.credmill.contracts.id.OrganizationId;
import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One version of something in an organization's catalogue. It is entered once and published once;
 * nothing else about it ever changes, which the table insists on too.
 */
@MappedSuperclass
@JsonAutoDetect(
    fieldVisibility = JsonAutoDetect.Visibility.ANY,
    getterVisibility = JsonAutoDetect.Visibility.NONE,
    isGetterVisibility = JsonAutoDetect.Visibility.NONE)
@JsonPropertyOrder({"id", "status", "name"})
public abstract class CatalogueEntry implements PageRequest.Listed {
  /** Whether it can be issued with and seen by the public. */
  public enum Status {
    DRAFT,
    PUBLISHED
  }

  @Id private String id;

  @JsonIgnore
  @Column(name = "organization_id", updatable = false)
  private String organizationId;

  @Column(updatable = false)
  private String name;

  @Column(name = "created_by", updatable = false)
  private String createdBy;

  @Column(name = "created_at", updatable = false)
  private Instant createdAt;

  @Column(name = "published_at")
  private Instant publishedAt;

  protected CatalogueEntry() {}

  protected CatalogueEntry(
      String id, OrganizationId organization, String name, String createdBy, Instant now) {
    this.id = id;
    this.organizationId = organization.value();
    this.name = name.strip();
    this.createdBy = createdBy;
    this.createdAt = now.truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public String id() {
    return id;
  }

  public OrganizationId organization() {
    return new OrganizationId(organizationId);
  }

  public String name() {
    return name;
  }

  @Override
  public Instant createdAt() {
    return createdAt;
  }

  public boolean isPublished() {
    return publishedAt != null;
  }

  @JsonProperty("status")
  public Status status() {
    return isPublished() ? Status.PUBLISHED : Status.DRAFT;
  }

  /** Once is for ever: a second time changes nothing, not even the time. */
  protected void publish(Instant now) {
    if (publishedAt == null) {
      publishedAt = now.truncatedTo(ChronoUnit.MICROS);
    }
  }
}
