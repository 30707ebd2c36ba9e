package dev.credmill.issuance.offer;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.copy.HolderKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Checks the proofs that a wallet sends of the keys it has (OpenID4VCI 1.0, appendix F.4). */
@ApplicationScoped
class Proofs {
  private static final JOSEObjectType TYPE = new JOSEObjectType("openid4vci-proof+jwt");
  private static final int LONGEST = 16 * 1024;
  private final Nonces nonces;
  private final OfferConfig config;
  private final Clock clock;

  Proofs(Nonces nonces, IssuanceConfig config, Clock clock) {
    this.nonces = nonces;
    this.config = config.offer();
    this.clock = clock;
  }

  /** One proof, with the nonce that it signs. */
  private record Proof(HolderKey key, String nonce) {}

  /**
   * The keys that the proofs prove, each once. Their nonces are used up by it, and only if
   * everything else was right.
   *
   * @param clientId as the wallet named itself for its token; null where it did not
   */
  List<HolderKey> check(Issuer issuer, String clientId, List<String> jwts) {
    List<HolderKey> keys = new ArrayList<>();
    Set<String> signed = new LinkedHashSet<>();
    for (String jwt : jwts) {
      Proof proof = check(issuer, clientId, jwt);
      if (keys.stream().anyMatch(key -> key.jwk().equals(proof.key().jwk()))) {
        throw ProtocolError.invalidProof("Each proof must be of another key");
      }
      keys.add(proof.key());
      signed.add(proof.nonce());
    }
    for (String nonce : signed) {
      if (!nonces.isGood(issuer.organization().id(), nonce)) {
        throw ProtocolError.invalidNonce();
      }
    }
    for (String nonce : signed) {
      if (!nonces.use(nonce)) {
        throw ProtocolError.invalidNonce();
      }
    }
    return keys;
  }

  private Proof check(Issuer issuer, String clientId, String text) {
    if (text.length() > LONGEST) {
      throw ProtocolError.invalidProof("A proof has at most %d characters".formatted(LONGEST));
    }
    SignedJWT jwt;
    JWTClaimsSet claims;
    try {
      jwt = SignedJWT.parse(text);
      claims = jwt.getJWTClaimsSet();
    } catch (ParseException | IllegalArgumentException e) {
      throw ProtocolError.invalidProof("A proof is no signed JWT with a public key");
    }
    HolderKey key = key(jwt.getHeader());
    if (!key.signed(jwt)) {
      throw ProtocolError.invalidProof("The signature is not by the key in the header");
    }
    check(issuer, clientId, claims);
    return new Proof(key, nonce(claims));
  }

  private static HolderKey key(JWSHeader header) {
    if (!TYPE.equals(header.getType())) {
      throw ProtocolError.invalidProof("The typ of a proof is " + TYPE);
    }
    if (!HolderKeys.ALGORITHMS.contains(header.getAlgorithm().getName())) {
      throw ProtocolError.invalidProof(
          "The alg of a proof is one of " + String.join(", ", HolderKeys.ALGORITHMS));
    }
    if (header.getCriticalParams() != null && !header.getCriticalParams().isEmpty()) {
      throw ProtocolError.invalidProof("No critical header parameters are known here");
    }
    boolean hasCertificate =
        header.getX509CertChain() != null && !header.getX509CertChain().isEmpty();
    if (hasCertificate || (header.getJWK() == null) == (header.getKeyID() == null)) {
      throw ProtocolError.invalidProof("The header needs either jwk or kid, and no x5c");
    }
    return header.getJWK() != null
        ? HolderKeys.given(header.getJWK())
        : HolderKeys.named(header.getKeyID());
  }

  private void check(Issuer issuer, String clientId, JWTClaimsSet claims) {
    if (!claims.getAudience().equals(List.of(issuer.identifier()))) {
      throw ProtocolError.invalidProof("The aud must be the credential_issuer and nothing else");
    }
    if (claims.getIssuer() != null && !claims.getIssuer().equals(clientId)) {
      throw ProtocolError.invalidProof(
          "The iss must be the client_id of the token request, if any");
    }
    Instant now = clock.instant();
    Instant earliest = now.minus(config.clockSkew());
    Instant latest = now.plus(config.clockSkew());
    if (claims.getIssueTime() == null
        || before(claims.getIssueTime(), earliest)
        || after(claims.getIssueTime(), latest)) {
      throw ProtocolError.invalidProof("The iat must be the present time");
    }
    if (claims.getExpirationTime() != null && before(claims.getExpirationTime(), earliest)) {
      throw ProtocolError.invalidProof("The proof has expired");
    }
    if (claims.getNotBeforeTime() != null && after(claims.getNotBeforeTime(), latest)) {
      throw ProtocolError.invalidProof("The proof is not valid yet");
    }
  }

  private static String nonce(JWTClaimsSet claims) {
    try {
      String nonce = claims.getStringClaim("nonce");
      if (nonce != null) {
        return nonce;
      }
    } catch (ParseException e) {
      // said below
    }
    throw ProtocolError.invalidProof("A proof needs the c_nonce of the nonce endpoint as nonce");
  }

  private static boolean before(Date time, Instant limit) {
    return time.toInstant().isBefore(limit);
  }

  private static boolean after(Date time, Instant limit) {
    return time.toInstant().isAfter(limit);
  }
}
