package dev.credmill.issuance.securing;

import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Has another implementation verify the first signature of every key in this process and one in a
 * thousand after that, before anything signed leaves: a miscomputing machine or library stops here,
 * and a fault could even give the key away.
 */
final class CheckedSigner implements Signer {
  private static final int ONE_IN = 1_000;
  private final SignatureProvider provider;
  private final Signer signer;
  private final Set<String> seen;

  /**
   * @param seen the keys whose first signature was verified, for all threads
   */
  CheckedSigner(SignatureProvider provider, Signer signer, Set<String> seen) {
    this.provider = provider;
    this.signer = signer;
    this.seen = seen;
  }

  @Override
  public void sign(SigningKey key, byte[] message, int length, byte[] signature) {
    signer.sign(key, message, length, signature);
    boolean first = !seen.contains(key.kid());
    if (first || ThreadLocalRandom.current().nextInt(ONE_IN) == 0) {
      if (!provider.confirmed(key, message, length, signature)) {
        throw new IllegalStateException(
            "a signature by "
                + provider.text()
                + " with "
                + key.kid()
                + " does not verify; nothing of it is stored");
      }
      if (first) {
        seen.add(key.kid());
      }
    }
  }
}
