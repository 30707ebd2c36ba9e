package dev.credmill.registry.definition;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.credmill.contracts.registry.CredentialDefinition.Display;
import dev.credmill.contracts.registry.OpenBadge;
import dev.credmill.contracts.registry.StatusPurpose;
import dev.credmill.registry.catalogue.CatalogueEntry;
import dev.credmill.registry.schema.CredentialSchema;
import dev.credmill.registry.template.CertificateTemplate;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One version of what can be issued. */
@Entity
@Table(name = "credential_definition")
public class CredentialDefinition extends CatalogueEntry {
  @JsonIgnore
  @Column(updatable = false)
  private String lineage;

  @Column(updatable = false)
  private int version;

  @Column(updatable = false)
  private String supersedes;

  @Column(updatable = false)
  private String description;

  @Column(updatable = false)
  private String type;

  @JsonIgnore
  @ManyToOne
  @JoinColumn(name = "schema_id", updatable = false)
  private CredentialSchema schema;

  @JsonIgnore
  @ManyToOne
  @JoinColumn(name = "certificate_template_id", updatable = false)
  private CertificateTemplate template;

  @Column(updatable = false)
  private String validity;

  @Column(updatable = false)
  @JdbcTypeCode(SqlTypes.ARRAY)
  private List<String> formats;

  @Column(name = "status_purposes", updatable = false)
  @JdbcTypeCode(SqlTypes.ARRAY)
  private List<String> statusPurposes;

  @Column(name = "always_disclosed", updatable = false)
  @JdbcTypeCode(SqlTypes.ARRAY)
  private List<String> alwaysDisclosed;

  @JsonIgnore
  @Column(name = "display_title", updatable = false)
  private String displayTitle;

  @JsonIgnore
  @Column(name = "display_description", updatable = false)
  private String displayDescription;

  @JsonIgnore
  @Column(name = "display_locale", updatable = false)
  private String displayLocale;

  @JsonIgnore
  @Column(name = "display_logo", updatable = false)
  private String displayLogo;

  @JsonIgnore
  @Column(name = "display_background", updatable = false)
  private String displayBackground;

  @JsonIgnore
  @Column(name = "display_text_color", updatable = false)
  private String displayTextColor;

  @JsonIgnore
  @Column(name = "type_integrity")
  private String typeIntegrity;

  @JsonIgnore
  @Column(name = "open_badge_type", updatable = false)
  private String openBadgeType;

  @JsonIgnore
  @Column(name = "open_badge_criteria", updatable = false)
  private String openBadgeCriteria;

  @JsonIgnore
  @Column(name = "open_badge_image", updatable = false)
  private String openBadgeImage;

  protected CredentialDefinition() {}

  CredentialDefinition(
      String id,
      NewCredentialDefinition entered,
      CredentialDefinition predecessor,
      CredentialType type,
      CredentialSchema schema,
      CertificateTemplate template,
      Forms forms,
      Display display,
      String createdBy,
      Instant now) {
    super(id, schema.organization(), entered.name(), createdBy, now);
    this.lineage = predecessor == null ? id : predecessor.lineage;
    this.version = 1;
    this.supersedes = predecessor == null ? null : predecessor.id();
    this.description = entered.description();
    this.type = type.value();
    this.schema = schema;
    this.template = template;
    this.validity = entered.validity();
    this.formats = forms.formats();
    this.statusPurposes = forms.statusPurposes().stream().map(StatusPurpose::text).toList();
    this.alwaysDisclosed = forms.alwaysDisclosed();
    this.displayTitle = display.title();
    this.displayDescription = display.description();
    this.displayLocale = display.locale();
    this.displayLogo = display.logo();
    this.displayBackground = display.backgroundColor();
    this.displayTextColor = display.textColor();
    if (entered.openBadge() != null) {
      this.openBadgeType = entered.openBadge().achievementType();
      this.openBadgeCriteria = entered.openBadge().criteria();
      this.openBadgeImage = entered.openBadge().image();
    }
  }

  String lineage() {
    return lineage;
  }

  int version() {
    return version;
  }

  void number(int version) {
    this.version = version;
  }

  public String type() {
    return type;
  }

  public CredentialSchema schema() {
    return schema;
  }

  CertificateTemplate template() {
    return template;
  }

  @JsonProperty("schemaId")
  String schemaId() {
    return schema.id();
  }

  @JsonProperty("certificateTemplateId")
  @Schema(description = "Left out where the schema asks for no certificate")
  String certificateTemplateId() {
    return template == null ? null : template.id();
  }

  @JsonProperty("display")
  Display display() {
    return new Display(
        displayTitle,
        displayDescription,
        displayLocale,
        displayLogo,
        displayBackground,
        displayTextColor);
  }

  @JsonProperty("openBadge")
  @Schema(description = "Left out where its credentials are no Open Badges")
  OpenBadge openBadge() {
    return openBadgeCriteria == null
        ? null
        : new OpenBadge(openBadgeType, openBadgeCriteria, openBadgeImage);
  }

  @JsonProperty("columns")
  @Schema(description = "The claims that a sheet supplies, in the order of its columns")
  List<dev.credmill.contracts.registry.CredentialDefinition.Column> columns() {
    return schema.claims().columns();
  }

  boolean isWithoutType() {
    return typeIntegrity == null;
  }

  /** What its SD-JWT VCs will pin; said before it is published, since nothing changes after. */
  void typeIntegrity(String typeIntegrity) {
    this.typeIntegrity = typeIntegrity;
  }

  private Set<StatusPurpose> statusPurposes() {
    return Arrays.stream(StatusPurpose.values())
        .filter(purpose -> statusPurposes.contains(purpose.text()))
        .collect(toSet());
  }

  /** As the other services know it. */
  public dev.credmill.contracts.registry.CredentialDefinition asOthersKnowIt() {
    return new dev.credmill.contracts.registry.CredentialDefinition(
        id(),
        organization(),
        isPublished(),
        name(),
        description,
        type,
        schemaId(),
        schema.claims().json(),
        columns(),
        certificateTemplateId(),
        validity,
        formats,
        statusPurposes(),
        Set.copyOf(alwaysDisclosed),
        display(),
        openBadge(),
        typeIntegrity);
  }
}
