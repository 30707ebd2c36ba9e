package dev.credmill.issuance.keys;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.credmill.issuance.securing.Custody;
import dev.credmill.issuance.securing.KeyRecord;
import dev.credmill.issuance.securing.KeyStatus;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A key as its organization's admins see it. */
@Schema(
    name = "Key",
    description = "One of the organization's signing keys, without its private half")
@JsonPropertyOrder({
  "kid",
  "id",
  "algorithm",
  "status",
  "custody",
  "createdAt",
  "retiredAt",
  "revokedAt",
  "revocationReason"
})
public record KeyView(
    @Schema(
            description = "Its JWK thumbprint (RFC 7638)",
            examples = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
        String kid,
    @Schema(
            description = "The `kid` of what it signs, and its id in the DID document",
            examples =
                "did:web:issuer.example:orgs:acme#kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
        String id,
    @Schema(description = "`Ed25519` or `P-256`", examples = "Ed25519") String algorithm,
    @Schema(
            description =
                "`CURRENT` signs what is begun now; `RETIRED` ends the batches that it began and stays published; `REVOKED` signs nothing and is not published")
        KeyStatus status,
    @Schema(description = "Where its private half is kept") Custody custody,
    Instant createdAt,
    @Schema(description = "Since when another signs in its place") Instant retiredAt,
    Instant revokedAt,
    @Schema(description = "As it was given; for the organization's own eyes")
        String revocationReason) {
  static KeyView of(KeyRecord key) {
    return new KeyView(
        key.key().kid(),
        key.key().didUrl(),
        key.key().algorithm().curve(),
        key.key().status(),
        key.key().custody(),
        key.createdAt(),
        key.retiredAt(),
        key.revokedAt(),
        key.revocationReason());
  }
}
