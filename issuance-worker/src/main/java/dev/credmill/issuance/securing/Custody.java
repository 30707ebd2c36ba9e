package dev.credmill.issuance.securing;

/** Where the private half of a key is kept. */
public enum Custody {
  /** In PostgreSQL, encrypted under the master key. */
  DATABASE,
  /** In a PKCS#11 token, which signs with it and never gives it away. */
  PKCS11
}
