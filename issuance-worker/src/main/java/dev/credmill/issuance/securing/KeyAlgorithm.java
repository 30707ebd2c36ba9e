package dev.credmill.issuance.securing;

import java.util.Arrays;

/** What keys there are. Signatures of both have 64 bytes. */
public enum KeyAlgorithm {
  /** Signs what is issued in bulk, and Data Integrity proofs: RFC 8032. */
  ED25519("Ed25519", "EdDSA", "EdDSA", 32),
  /**
   * Signs what wallets hold: ECDSA with SHA-256 on P-256, its signatures as r and s (RFC 7518,
   * 3.4).
   */
  P256("P-256", "ES256", "SHA256withECDSAinP1363Format", 65);

  private final String curve;
  private final String jws;
  private final String jca;
  private final int publicKeyBytes;

  KeyAlgorithm(String curve, String jws, String jca, int publicKeyBytes) {
    this.curve = curve;
    this.jws = jws;
    this.jca = jca;
    this.publicKeyBytes = publicKeyBytes;
  }

  /** As JWKs and the database name it. */
  public String curve() {
    return curve;
  }

  /**
   * {@code alg} of a JWS. {@code EdDSA} and not the newer {@code Ed25519} (RFC 9864), which few
   * verifiers know yet.
   */
  public String jws() {
    return jws;
  }

  String jca() {
    return jca;
  }

  /** Of P-256 the uncompressed point (SEC 1, 2.3.3). */
  int publicKeyBytes() {
    return publicKeyBytes;
  }

  static KeyAlgorithm ofCurve(String curve) {
    return Arrays.stream(values())
        .filter(algorithm -> algorithm.curve.equals(curve))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no key algorithm " + curve));
  }
}
