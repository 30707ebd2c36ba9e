package dev.credmill.issuance.securing;

import java.time.Instant;

/**
 * A key and its history.
 *
 * @param retiredAt null while it is current
 * @param revokedAt null where it was not revoked
 * @param revocationReason for the organization's own eyes; null where it was not revoked
 */
public record KeyRecord(
    SigningKey key,
    Instant createdAt,
    Instant retiredAt,
    Instant revokedAt,
    String revocationReason) {}
