package dev.credmill.issuance.securing;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Has another implementation verify the first signature of every key in this process and one in so
 * many after that, before anything signed leaves: a miscomputing machine or library stops here, and
 * a fault could even give the key away.
 */
final class CheckedSigner implements Signer {
  private final SignatureProvider provider;
  private final Signer signer;
  private final Check check;

  /**
   * How often it is done.
   *
   * @param oneIn of so many signatures one, at random; 1 for all
   * @param seen the keys whose first signature was verified, for all threads
   */
  record Check(int oneIn, Set<String> seen) {
    static Check of(int oneIn) {
      return new Check(oneIn, ConcurrentHashMap.newKeySet());
    }
  }

  CheckedSigner(SignatureProvider provider, Signer signer, Check check) {
    this.provider = provider;
    this.signer = signer;
    this.check = check;
  }

  @Override
  public void sign(SigningKey key, byte[] message, int length, byte[] signature) {
    signer.sign(key, message, length, signature);
    boolean first = !check.seen().contains(key.kid());
    if (first || ThreadLocalRandom.current().nextInt(check.oneIn()) == 0) {
      if (!provider.confirmed(key, message, length, signature)) {
        throw new IllegalStateException(
            "a signature by "
                + provider.text()
                + " with "
                + key.kid()
                + " does not verify; nothing of it is stored");
      }
      if (first) {
        check.seen().add(key.kid());
      }
    }
  }
}
