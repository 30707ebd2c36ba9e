package dev.credmill.contracts.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import java.time.Instant;

/**
 * A row is to become a credential. Says everything that the worker needs, so that it asks nobody
 * per row.
 *
 * @param run which attempt of the row this is; answers carry it back
 * @param definitionId the version of the credential definition
 * @param certificateTemplateId the version of the certificate template; null where there is none
 * @param batchSize rows 2 to batchSize + 1 are this batch's
 * @param validFrom fixed by the batch
 * @param validUntil end of validity; null for never
 * @param claims the claims of the subject as the text of a JSON object
 * @param claimAccess what the answer is to carry besides, for the recipient's messages; null where
 *     there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CredentialRequested(
    RowId row,
    int run,
    OrganizationId organization,
    String definitionId,
    String certificateTemplateId,
    int batchSize,
    Instant validFrom,
    Instant validUntil,
    String claims,
    ClaimAccess claimAccess)
    implements Event {
  public static final String TOPIC = "credential-requested";

  /** Of a batch without messages. */
  public CredentialRequested(
      RowId row,
      int run,
      OrganizationId organization,
      String definitionId,
      String certificateTemplateId,
      int batchSize,
      Instant validFrom,
      Instant validUntil,
      String claims) {
    this(
        row,
        run,
        organization,
        definitionId,
        certificateTemplateId,
        batchSize,
        validFrom,
        validUntil,
        claims,
        null);
  }

  public CredentialRequested {
    requireNonNull(row, "row");
    requireNonNull(organization, "organization");
    requireNonNull(definitionId, "definitionId");
    requireNonNull(validFrom, "validFrom");
    requireNonNull(claims, "claims");
    if (run < 1) {
      throw new IllegalArgumentException("runs count from 1: " + run);
    }
    if (row.number() > batchSize + 1) {
      throw new IllegalArgumentException(
          "row " + row + " is beyond a batch of " + batchSize + " rows");
    }
  }

  @Override
  public String topic() {
    return TOPIC;
  }
}
