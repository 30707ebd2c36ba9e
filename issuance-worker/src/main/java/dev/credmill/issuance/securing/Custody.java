package dev.credmill.issuance.securing;

import java.util.Set;

/** Where the private half of a key is kept. */
public enum Custody {
  /** In PostgreSQL, encrypted under the master key. */
  DATABASE(Set.of(KeyAlgorithm.ED25519, KeyAlgorithm.P256)),
  /**
   * In a PKCS#11 token, which signs with it and never gives it away. The provider of the JDK knows
   * no Ed25519.
   */
  PKCS11(Set.of(KeyAlgorithm.P256));

  private final Set<KeyAlgorithm> algorithms;

  Custody(Set<KeyAlgorithm> algorithms) {
    this.algorithms = algorithms;
  }

  /** Which keys it can make. */
  Set<KeyAlgorithm> algorithms() {
    return algorithms;
  }
}
