package dev.credmill.issuance.offer;

import dev.credmill.contracts.event.ClaimStatus;
import java.util.Optional;

/** How far an offer has come. */
enum OfferState {
  /** Its code waits for a wallet. */
  OPEN,
  /** A wallet has the token for the code. */
  REDEEMED,
  /** A wallet has the credential. */
  CLAIMED,
  /** A wallet had the credential and did not keep it. */
  FAILED,
  /** Nobody claimed it in time, or somebody tried too many digits. */
  LAPSED,
  /** The recipient has made a newer one. */
  REPLACED;

  /** What it means for the row; empty where the newer offer speaks for it. */
  Optional<ClaimStatus> claim() {
    return switch (this) {
      case OPEN, REDEEMED -> Optional.of(ClaimStatus.OFFERED);
      case CLAIMED -> Optional.of(ClaimStatus.CLAIMED);
      case FAILED, LAPSED -> Optional.of(ClaimStatus.EXPIRED);
      case REPLACED -> Optional.empty();
    };
  }
}
