package dev.credmill.contracts.preview;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.contracts.id.OrganizationId;
import java.time.Instant;

/**
 * What a credential would say if it were issued now.
 *
 * @param claims by name, as the row has them: a JSON object
 * @param validUntil null for a credential that does not end
 * @param link stands where the Cred_URL will be
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CertificatePreview(
    OrganizationId organization,
    String definitionId,
    JsonNode claims,
    Instant validFrom,
    Instant validUntil,
    String link) {
  public CertificatePreview {
    requireNonNull(organization, "organization");
    requireNonNull(definitionId, "definitionId");
    requireNonNull(claims, "claims");
    requireNonNull(validFrom, "validFrom");
    requireNonNull(link, "link");
  }

  /** Says which, never whom. */
  @Override
  public String toString() {
    return "preview of " + definitionId;
  }
}
