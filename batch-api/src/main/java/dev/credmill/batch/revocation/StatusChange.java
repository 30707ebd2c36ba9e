package dev.credmill.batch.revocation;

import dev.credmill.contracts.event.StatusAction;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import java.time.Instant;
import java.util.UUID;

/**
 * One call that revokes, suspends or reinstates credentials.
 *
 * @param number of two for one credential the higher is the later
 * @param createdBy the id of the API key
 * @param reason as the caller gave it; may be null
 * @param notifyRecipients whether the recipients are told
 * @param replacedBy the batch whose row of the same number has the new credential; null where there
 *     is none
 * @param finishedAt when the last credential had its answer; null before
 */
record StatusChange(
    long number,
    UUID id,
    OrganizationId organization,
    String createdBy,
    Instant createdAt,
    StatusAction action,
    String reason,
    boolean notifyRecipients,
    int total,
    BatchId replacedBy,
    Instant finishedAt) {}
