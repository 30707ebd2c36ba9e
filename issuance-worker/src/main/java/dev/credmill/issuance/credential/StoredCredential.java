package dev.credmill.issuance.credential;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.issuance.securing.SigningKey;
import java.time.Instant;
import java.util.UUID;

/**
 * A credential as it was issued.
 *
 * @param id its {@code urn:uuid:}
 * @param linkToken the last segment of its Cred_URL
 * @param certificateTemplateId the version of the certificate template; null where there is none
 * @param validUntil end of validity; null for never
 * @param json the credential, which is the payload of the JWS
 * @param jwt the same, secured: the compact JWS
 * @param key what it is signed with
 * @param revocation where its revocation bit is
 * @param suspension where its suspension bit is, or would be
 */
public record StoredCredential(
    RowId row,
    OrganizationId organization,
    String id,
    String linkToken,
    String definitionId,
    String certificateTemplateId,
    Instant validFrom,
    Instant validUntil,
    Instant issuedAt,
    String json,
    String jwt,
    SigningKey key,
    Status revocation,
    Status suspension) {

  /** A place in a status list. */
  public record Status(UUID list, int index) {}
}
