package dev.credmill.issuance.securing;

/** What an organization's key is still good for. */
public enum KeyStatus {
  /** Signs what is begun now. */
  CURRENT,
  /** Another has taken its place; batches end with it, and what it signed stays valid. */
  RETIRED,
  /** Signs nothing, is not published, and what it signed is not to be relied on. */
  REVOKED
}
