package dev.credmill.issuance.verify;

import dev.credmill.contracts.event.Validity;
import dev.credmill.issuance.integrity.ProofVerdict;
import dev.credmill.issuance.securing.KeyStatus;
import dev.credmill.issuance.securing.SigningKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What each question's answers are called, and what they are worth. */
final class Checks {
  private static final String SIGNATURE = "Signature";
  private static final String ISSUER = "Issuer";
  private static final String STATUS = "Status";
  private static final String VALIDITY = "Validity";
  private static final String HOLDER = "Holder";

  private Checks() {}

  static Check signature(SigningKey key, boolean fits) {
    return fits
        ? Check.passed(
            SIGNATURE,
            "The %s signature fits; nothing was changed since it was signed."
                .formatted(key.algorithm().curve()))
        : Check.failed(SIGNATURE, "The signature does not fit the issuer's key.", Verdict.INVALID);
  }

  static Check signature(List<ProofVerdict> proofs) {
    for (ProofVerdict proof : proofs) {
      if (proof instanceof ProofVerdict.Fails(_, String detail)) {
        return Check.failed(SIGNATURE, detail, Verdict.INVALID);
      }
    }
    return Check.passed(
        SIGNATURE,
        proofs.size() == 1
            ? "The proof fits; nothing was changed since it was made."
            : "All %d proofs fit; nothing was changed since they were made."
                .formatted(proofs.size()));
  }

  /**
   * @param named whether the key is of the issuer that the credential names
   * @param published whether its organization's DID document has it today
   */
  static Check issuer(SigningKey key, boolean named, boolean published) {
    if (!named) {
      return Check.failed(ISSUER, "The key that signed it is not the issuer's.", Verdict.INVALID);
    }
    if (published) {
      return Check.passed(
          ISSUER, "The key that signed it is published in the issuer's DID document.");
    }
    return Check.failed(
        ISSUER,
        key.status() == KeyStatus.REVOKED
            ? "The issuer has revoked the key that signed it: others may have signed with it. Ask the issuer for a new credential."
            : "The issuer's DID document has no such key.",
        Verdict.INVALID);
  }

  /** Of an issuer whose identifier is a key: whoever has that key is the issuer. */
  static Check issuerIsKey(boolean proofsHold) {
    return proofsHold
        ? Check.passed(
            ISSUER, "The issuer is the key that signed it; who that is, its identifier cannot say.")
        : Check.failed(ISSUER, "The key that signed it is not the issuer's.", Verdict.INVALID);
  }

  static Check unknownIssuer() {
    return Check.failed(
        ISSUER,
        "The key that signed it is of no issuer that is hosted here; nobody else is asked.",
        Verdict.UNKNOWN);
  }

  /**
   * @param validity empty where it stands in a list that is not ours
   */
  static Check status(Optional<Validity> validity) {
    return switch (validity.orElse(null)) {
      case null ->
          Check.failed(
              STATUS, "Its status stands in a list that is not hosted here.", Verdict.UNKNOWN);
      case ACTIVE ->
          Check.passed(
              STATUS, "It stands in the issuer's status list, not revoked and not suspended.");
      case SUSPENDED -> Check.failed(STATUS, "The issuer has suspended it.", Verdict.SUSPENDED);
      case REVOKED -> Check.failed(STATUS, "The issuer has revoked it.", Verdict.REVOKED);
    };
  }

  static Check withoutStatus() {
    return Check.passed(STATUS, "It has no status that its issuer could change.");
  }

  static Check validity(Optional<Instant> from, Optional<Instant> until, Instant now) {
    if (until.isPresent() && now.isAfter(until.get())) {
      return Check.failed(VALIDITY, "Its validity has ended.", Verdict.EXPIRED);
    }
    if (from.isPresent() && now.isBefore(from.get())) {
      return Check.failed(VALIDITY, "Its validity has not begun.", Verdict.NOT_YET_VALID);
    }
    return Check.passed(
        VALIDITY,
        until.isPresent()
            ? "Today is within its period of validity."
            : "Its validity has begun and does not end.");
  }

  static Check holder(Optional<String> fault) {
    return fault
        .map(said -> Check.failed(HOLDER, said, Verdict.INVALID))
        .orElseGet(
            () ->
                Check.passed(
                    HOLDER, "Whoever shows it has the key that it was issued to, just now."));
  }

  static Check holderNotChecked(String why) {
    return Check.notAsked(HOLDER, why);
  }
}
