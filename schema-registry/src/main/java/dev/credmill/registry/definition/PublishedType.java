package dev.credmill.registry.definition;

import dev.credmill.contracts.registry.TypeMetadata;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What the SD-JWT VCs of a definition pin: the very texts that were published. */
@Entity
@Table(name = "published_type")
public class PublishedType {
  @Id
  @Column(name = "definition_id", updatable = false)
  private String definitionId;

  @Column(updatable = false)
  private String metadata;

  @Column(updatable = false)
  private String svg;

  protected PublishedType() {}

  PublishedType(String definitionId, String metadata, String svg) {
    this.definitionId = definitionId;
    this.metadata = metadata;
    this.svg = svg;
  }

  public String metadata() {
    return metadata;
  }

  /** The certificate as a template for wallets. */
  public String svg() {
    return svg;
  }

  String integrity() {
    return TypeMetadata.integrity(metadata);
  }
}
