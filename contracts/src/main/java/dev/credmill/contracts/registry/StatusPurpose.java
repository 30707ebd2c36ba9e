package dev.credmill.contracts.registry;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an entry in a status list tells (Bitstring Status List 1.0, 2.1: {@code statusPurpose}). */
public enum StatusPurpose {
  /** Withdrawn for good. */
  @JsonProperty("revocation")
  REVOCATION("revocation"),
  /** Not valid for the time being. */
  @JsonProperty("suspension")
  SUSPENSION("suspension");

  private final String text;

  StatusPurpose(String text) {
    this.text = text;
  }

  /** As credentials and lists write it. */
  public String text() {
    return text;
  }
}
