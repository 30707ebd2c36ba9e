package dev.credmill.registry.organization;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.registry.catalogue.PageRequest;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A tenant. Its public address and its DID are fixed when it is made, since every credential that
 * it signs carries them.
 */
@Entity
@Table(name = "organization")
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public class Organization implements PageRequest.Listed {
  @Id private String id;

  @Column(updatable = false)
  private String name;

  @Column(name = "public_url", updatable = false)
  private String publicUrl;

  @Column(updatable = false)
  private String did;

  @Column(name = "created_at", updatable = false)
  private Instant createdAt;

  protected Organization() {}

  Organization(OrganizationId id, String name, String publicUrl, Instant now) {
    this.id = id.value();
    this.name = name.strip();
    this.publicUrl = publicUrl;
    this.did = DidWeb.of(publicUrl, id).value();
    this.createdAt = now.truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public String id() {
    return id;
  }

  public String name() {
    return name;
  }

  public String publicUrl() {
    return publicUrl;
  }

  @Override
  public Instant createdAt() {
    return createdAt;
  }

  /** As the other services know it. */
  public dev.credmill.contracts.registry.Organization asOthersKnowIt() {
    return new dev.credmill.contracts.registry.Organization(
        new OrganizationId(id), name, publicUrl, did);
  }
}
