package dev.credmill.issuance.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.contracts.event.Validity;
import dev.credmill.issuance.credential.CredentialStore;
import dev.credmill.issuance.credential.StoredCredential;
import dev.credmill.issuance.integrity.DataIntegrity;
import dev.credmill.issuance.integrity.EmbeddedProofs;
import dev.credmill.issuance.integrity.Expectation;
import dev.credmill.issuance.integrity.ProofVerdict;
import dev.credmill.issuance.integrity.VerificationMethod;
import dev.credmill.issuance.securing.JwsVerifier;
import dev.credmill.issuance.securing.KeyStatus;
import dev.credmill.issuance.securing.SigningKey;
import dev.credmill.issuance.securing.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Checks a stored credential as a stranger would, at each request: what the page shows as verified
 * is never remembered and never assumed.
 */
@ApplicationScoped
public class Verifying {
  private final JwsVerifier verifier;
  private final SigningKeys keys;
  private final CredentialStore credentials;
  private final EmbeddedProofs proofs;
  private final DataIntegrity integrity;
  private final Clock clock;

  Verifying(
      JwsVerifier verifier,
      SigningKeys keys,
      CredentialStore credentials,
      EmbeddedProofs proofs,
      DataIntegrity integrity,
      Clock clock) {
    this.proofs = proofs;
    this.integrity = integrity;
    this.verifier = verifier;
    this.keys = keys;
    this.credentials = credentials;
    this.clock = clock;
  }

  /** The checks of a credential that was issued here, in every form that is given away. */
  public Verification verify(StoredCredential credential, JsonNode signed) {
    Instant now = clock.instant();
    SigningKey key = credential.key();
    boolean genuine = verifier.verify(credential.jwt(), key) && proofsHold(credential, key, now);
    boolean byIssuer =
        published(key) && key.did().equals(signed.path("issuer").path("id").asText());
    Validity validity = credentials.validity(credential);
    boolean counts = validity == Validity.ACTIVE;
    boolean begun = !now.isBefore(instant(signed, "validFrom").orElse(credential.validFrom()));
    Optional<Instant> end = instant(signed, "validUntil");
    boolean ended = end.isPresent() && now.isAfter(end.get());
    Verdict verdict =
        !genuine || !byIssuer
            ? Verdict.INVALID
            : !counts
                ? validity == Validity.REVOKED ? Verdict.REVOKED : Verdict.SUSPENDED
                : ended ? Verdict.EXPIRED : begun ? Verdict.VERIFIED : Verdict.NOT_YET_VALID;
    return new Verification(
        verdict,
        List.of(
            new Check(
                "Signature",
                genuine,
                genuine
                    ? "The %s signature fits; nothing was changed since it was signed."
                        .formatted(key.algorithm().curve())
                    : "The signature does not fit the issuer's key."),
            new Check(
                "Issuer",
                byIssuer,
                byIssuer
                    ? "The key that signed it is published in the issuer's DID document."
                    : key.status() == KeyStatus.REVOKED
                        ? "The issuer has revoked the key that signed it: others may have signed with it. Ask the issuer for a new credential."
                        : "The issuer's DID document has no such key."),
            new Check(
                "Status",
                counts,
                switch (validity) {
                  case ACTIVE ->
                      "It stands in the issuer's status list, not revoked and not suspended.";
                  case SUSPENDED -> "The issuer has suspended it.";
                  case REVOKED -> "The issuer has revoked it.";
                }),
            new Check("Validity", begun && !ended, validity(begun, end, ended))));
  }

  /** Those that are in its JSON, if any: the page speaks for every form of the credential. */
  private boolean proofsHold(StoredCredential credential, SigningKey key, Instant now) {
    return proofs
        .secured(credential)
        .map(
            secured ->
                integrity
                    .verify(secured, VerificationMethod.ofKey(key), Expectation.ofCredential(now))
                    .stream()
                    .allMatch(ProofVerdict::holds))
        .orElse(true);
  }

  private static String validity(boolean begun, Optional<Instant> end, boolean ended) {
    if (ended) {
      return "Its validity has ended.";
    }
    if (!begun) {
      return "Its validity has not begun.";
    }
    return end.isPresent()
        ? "Today is within its period of validity."
        : "Its validity has begun and does not end.";
  }

  /** Whether the organization's DID document has it today. */
  private boolean published(SigningKey key) {
    return keys.ofOrganization(key.organization()).stream()
        .anyMatch(one -> one.kid().equals(key.kid()));
  }

  private static Optional<Instant> instant(JsonNode signed, String member) {
    JsonNode value = signed.path(member);
    return value.isTextual() ? Optional.of(Instant.parse(value.asText())) : Optional.empty();
  }
}
