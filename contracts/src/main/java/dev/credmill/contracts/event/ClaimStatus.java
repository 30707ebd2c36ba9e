package dev.credmill.contracts.event;

/** How far the recipient is with taking the credential into a wallet. */
public enum ClaimStatus {
  NONE,
  OFFERED,
  CLAIMED,
  EXPIRED
}
