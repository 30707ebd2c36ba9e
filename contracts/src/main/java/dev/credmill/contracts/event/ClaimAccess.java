package dev.credmill.contracts.event;

/** What a recipient needs to claim a credential into a wallet. */
public enum ClaimAccess {
  /** The claim link. */
  LINK,
  /** The claim link, and a code that goes over another medium than the link. */
  LINK_AND_CODE
}
