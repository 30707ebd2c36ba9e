package dev.credmill.contracts.registry;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.contracts.id.OrganizationId;
import java.time.Period;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What can be issued: one version of a credential definition with everything that issuing needs.
 *
 * @param id names this version; a new version has another
 * @param published only a published version can be issued, and it never changes again
 * @param name what the catalogue calls it, such as "Diploma"
 * @param type the credential's specific type next to {@code VerifiableCredential}
 * @param schemaId the CredentialSchema; its public address is {@code <public-url>/schemas/<id>}
 * @param claimsSchema JSON Schema 2020-12 of the claims, as entered
 * @param columns the claims that a sheet supplies, in the order of its columns
 * @param certificateTemplateId the template of the certificate page; null where there is none
 * @param validity ISO 8601 period from validFrom after which a credential ends; null for never
 * @param formats in which forms the credential is given away, such as {@code vc+jwt}
 * @param statusPurposes for what each credential has an entry in a status list
 * @param alwaysDisclosed the claims that no holder of an SD-JWT VC can hold back
 * @param openBadge the achievement, where its credentials are Open Badges 3.0; null elsewhere
 * @param typeIntegrity what the published type metadata of its SD-JWT VCs hashes to; null where
 *     that follows from the definition alone
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record CredentialDefinition(
    String id,
    OrganizationId organization,
    boolean published,
    String name,
    String description,
    String type,
    String schemaId,
    JsonNode claimsSchema,
    List<Column> columns,
    String certificateTemplateId,
    String validity,
    List<String> formats,
    Set<StatusPurpose> statusPurposes,
    Set<String> alwaysDisclosed,
    Display display,
    OpenBadge openBadge,
    String typeIntegrity) {

  /** The claim that holds the link to the certificate; the platform fills it, no column does. */
  public static final String CRED_URL = "Cred_URL";

  /** The claims that the platform fills from the name columns where a schema has them. */
  public static final String GIVEN_NAME = "givenName";

  public static final String FAMILY_NAME = "familyName";
  public static final String FULL_NAME = "fullName";

  /**
   * One column of the sheet.
   *
   * @param heading the title of the schema's property
   * @param claim the name of that property
   */
  public record Column(String heading, String claim, boolean required) {}

  /**
   * How it presents itself to recipients.
   *
   * @param title heads the page and the message, such as "Your diploma"
   * @param description one sentence for the recipient; may be null
   * @param locale BCP 47 tag of those texts
   * @param logo the address of a picture that wallets show; may be null, as the colours may
   * @param backgroundColor as CSS has it, {@code #rrggbb}
   * @param textColor likewise
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Display(
      String title,
      String description,
      String locale,
      String logo,
      String backgroundColor,
      String textColor) {

    /** Without looks of its own. */
    public Display(String title, String description, String locale) {
      this(title, description, locale, null, null, null);
    }

    @JsonIgnore
    public boolean hasLooks() {
      return logo != null || backgroundColor != null || textColor != null;
    }
  }

  /** One whose credentials are no Open Badges. */
  public CredentialDefinition(
      String id,
      OrganizationId organization,
      boolean published,
      String name,
      String description,
      String type,
      String schemaId,
      JsonNode claimsSchema,
      List<Column> columns,
      String certificateTemplateId,
      String validity,
      List<String> formats,
      Set<StatusPurpose> statusPurposes,
      Set<String> alwaysDisclosed,
      Display display) {
    this(
        id,
        organization,
        published,
        name,
        description,
        type,
        schemaId,
        claimsSchema,
        columns,
        certificateTemplateId,
        validity,
        formats,
        statusPurposes,
        alwaysDisclosed,
        display,
        null);
  }

  /** One whose type metadata follows from it. */
  public CredentialDefinition(
      String id,
      OrganizationId organization,
      boolean published,
      String name,
      String description,
      String type,
      String schemaId,
      JsonNode claimsSchema,
      List<Column> columns,
      String certificateTemplateId,
      String validity,
      List<String> formats,
      Set<StatusPurpose> statusPurposes,
      Set<String> alwaysDisclosed,
      Display display,
      OpenBadge openBadge) {
    this(
        id,
        organization,
        published,
        name,
        description,
        type,
        schemaId,
        claimsSchema,
        columns,
        certificateTemplateId,
        validity,
        formats,
        statusPurposes,
        alwaysDisclosed,
        display,
        openBadge,
        null);
  }

  public CredentialDefinition {
    requireNonNull(id, "id");
    requireNonNull(organization, "organization");
    requireNonNull(type, "type");
    requireNonNull(schemaId, "schemaId");
    requireNonNull(claimsSchema, "claimsSchema");
    columns = List.copyOf(columns);
    formats = List.copyOf(formats);
    statusPurposes =
        statusPurposes == null
            ? Set.of(StatusPurpose.REVOCATION)
            : Collections.unmodifiableSet(EnumSet.copyOf(statusPurposes));
    alwaysDisclosed =
        alwaysDisclosed == null
            ? Set.of()
            : Collections.unmodifiableSet(new LinkedHashSet<>(alwaysDisclosed));
    if (validity != null) {
      Period.parse(validity);
    }
  }

  /** Whether the schema asks for a certificate, that is, has the claim {@value CRED_URL}. */
  @JsonIgnore
  public boolean hasCertificate() {
    return hasClaim(CRED_URL);
  }

  public boolean hasClaim(String claim) {
    return claimsSchema.path("properties").has(claim);
  }
}
