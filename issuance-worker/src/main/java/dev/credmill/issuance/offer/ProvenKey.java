package dev.credmill.issuance.offer;

import com.nimbusds.jose.jwk.JWK;

/**
 * A key that a wallet has shown to have.
 *
 * @param jwk its public half
 * @param did as the wallet named it; null where it gave the key itself
 */
record ProvenKey(JWK jwk, String did) {
  ProvenKey {
    if (jwk.isPrivate()) {
      throw new IllegalArgumentException("a private key is nobody else's");
    }
  }
}
