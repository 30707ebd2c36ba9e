package dev.credmill.issuance.securing;

/**
 * Signs with an organization's key; the one place that touches private keys. A signer belongs to
 * one thread.
 */
public interface Signer {
  int SIGNATURE_BYTES = 64;

  /** Puts the signature of the first {@code length} bytes into {@code signature}. */
  void sign(SigningKey key, byte[] message, int length, byte[] signature);
}
