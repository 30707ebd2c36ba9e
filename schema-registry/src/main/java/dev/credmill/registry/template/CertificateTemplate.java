package dev.credmill.registry.template;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.registry.catalogue.CatalogueEntry;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One version of how a certificate looks. */
@Entity
@Table(name = "certificate_template")
public class CertificateTemplate extends CatalogueEntry {
  @Column(updatable = false)
  private String description;

  @Column(updatable = false)
  @JdbcTypeCode(SqlTypes.ARRAY)
  private List<String> placeholders;

  @Column(name = "sample_values", updatable = false)
  @Convert(converter = SampleValues.class)
  private Map<String, String> sampleValues;

  @JsonIgnore
  @Column(updatable = false)
  private String svg;

  protected CertificateTemplate() {}

  CertificateTemplate(
      String id,
      OrganizationId organization,
      NewCertificateTemplate entered,
      List<String> placeholders,
      String createdBy,
      Instant now) {
    super(id, organization, entered.name(), createdBy, now);
    this.description = entered.description();
    this.placeholders = List.copyOf(placeholders);
    this.sampleValues = entered.sampleValues();
    this.svg = entered.svg();
  }

  public List<String> placeholders() {
    return placeholders;
  }

  Map<String, String> sampleValues() {
    return sampleValues;
  }

  public String svg() {
    return svg;
  }

  @JsonProperty("preview")
  String preview() {
    return "/v1/certificate-templates/" + id() + "/preview.png";
  }

  /** As the other services know it. */
  public dev.credmill.contracts.registry.CertificateTemplate asOthersKnowIt() {
    return new dev.credmill.contracts.registry.CertificateTemplate(
        id(), organization(), isPublished(), name(), svg);
  }
}
