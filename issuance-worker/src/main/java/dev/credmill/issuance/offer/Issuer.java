package dev.credmill.issuance.offer;

import dev.credmill.contracts.registry.Organization;

/** The addresses of an organization as a Credential Issuer. */
record Issuer(Organization organization) {
  /** The Credential Issuer Identifier, and that of its authorization server. */
  String identifier() {
    return organization.publicUrl() + "/orgs/" + organization.id();
  }

  String tokenEndpoint() {
    return identifier() + "/token";
  }

  String nonceEndpoint() {
    return identifier() + "/nonce";
  }

  String credentialEndpoint() {
    return identifier() + "/credential";
  }

  String notificationEndpoint() {
    return identifier() + "/notification";
  }

  String offer(Secret reference) {
    return identifier() + "/offers/" + reference.text();
  }
}
