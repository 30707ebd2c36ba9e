package dev.credmill.issuance.securing;

/** Keeps private keys, and signs with them; nothing else ever sees one. */
interface KeyCustody {
  NewKey generate(KeyAlgorithm algorithm);

  /** Gives up a key that was made and is not used, since another was quicker. */
  void discard(NewKey key);

  /** Signs with the keys that it made; belongs to one thread. */
  Signer signer();

  /**
   * A key that was just made.
   *
   * @param kid its thumbprint (RFC 7638)
   * @param wrapped the private half for the database, encrypted; null where it is kept elsewhere
   */
  record NewKey(String kid, KeyAlgorithm algorithm, byte[] publicKey, byte[] wrapped) {}
}
