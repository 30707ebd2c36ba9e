package dev.credmill.issuance;

/** What a process of this service does. */
public enum IssuanceRole {
  /** Consumes requests and signs; needs the private keys. Can be scaled to zero. */
  SIGN,
  /** Serves pages, status lists and DID documents; never touches a private key. */
  PUBLISH
}
