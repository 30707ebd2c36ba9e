package dev.credmill.issuance.verify;

import com.authlete.sd.SDJWT;
import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.credmill.issuance.copy.HolderKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether whoever shows an SD-JWT has the key that it was issued to, and shows it to this verifier
 * now (RFC 9901, 7.3).
 */
final class KeyBinding {
  private static final JOSEObjectType TYPE = new JOSEObjectType("kb+jwt");

  /** The nonce makes it new; this only catches clocks and mistakes. */
  private static final Duration OLDEST = Duration.ofMinutes(10);

  private static final Duration SKEW = Duration.ofMinutes(1);

  private KeyBinding() {}

  /**
   * What a verifier who was shown an SD-JWT had asked for.
   *
   * @param aud how the verifier had called itself
   */
  record Expected(String aud, String nonce) {}

  /**
   * Nothing where there is none and nobody asks for it.
   *
   * @param payload what the issuer signed
   */
  static Optional<Check> check(
      SDJWT token, JsonNode payload, Optional<Expected> expected, Instant now) {
    String binding = token.getBindingJwt();
    if (expected.isEmpty()) {
      return binding == null
          ? Optional.empty()
          : Optional.of(
              Checks.holderNotChecked(
                  "It was shown with a proof of its holder's key, which only the verifier that it was shown to can check: send nonce and aud with it."));
    }
    return Optional.of(
        Checks.holder(
            binding == null
                ? Optional.of("It comes without a proof that its holder shows it.")
                : fault(token, payload, expected.get(), now)));
  }

  private static Optional<String> fault(
      SDJWT token, JsonNode payload, Expected expected, Instant now) {
    SignedJWT jwt;
    JWTClaimsSet claims;
    HolderKey holder;
    String nonce;
    String hash;
    try {
      jwt = SignedJWT.parse(token.getBindingJwt());
      claims = jwt.getJWTClaimsSet();
      nonce = claims.getStringClaim("nonce");
      hash = claims.getStringClaim("sd_hash");
      holder =
          new HolderKey(JWK.parse(payload.path("cnf").path("jwk").toString()).toPublicJWK(), null);
    } catch (ParseException | RuntimeException e) {
      return Optional.of("The proof of the holder's key is not well-formed.");
    }
    JWSHeader header = jwt.getHeader();
    boolean known = header.getCriticalParams() == null && TYPE.equals(header.getType());
    if (!known || !holder.signed(jwt)) {
      return Optional.of("The proof is not by the key that the credential was issued to.");
    }
    if (!token.getSDHash().equals(hash)) {
      return Optional.of("The proof was made for other disclosures than these.");
    }
    if (!expected.nonce().equals(nonce) || !List.of(expected.aud()).equals(claims.getAudience())) {
      return Optional.of("The proof was made for another verifier, or for another request.");
    }
    Instant made = claims.getIssueTime() == null ? null : claims.getIssueTime().toInstant();
    return made == null || made.isBefore(now.minus(OLDEST)) || made.isAfter(now.plus(SKEW))
        ? Optional.of("The proof was not made just now.")
        : Optional.empty();
  }
}
