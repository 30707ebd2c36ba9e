package dev.credmill.issuance.offer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.IssuanceRole;
import dev.credmill.issuance.securing.CompactJws;
import dev.credmill.issuance.securing.JwsHeader;
import dev.credmill.issuance.securing.KeyAlgorithm;
import dev.credmill.issuance.securing.Signers;
import dev.credmill.issuance.securing.SigningKey;
import dev.credmill.issuance.securing.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** Metadata that the organization itself vouches for (OpenID4VCI 1.0, 12.2.3). */
@ApplicationScoped
class SignedMetadata {
  private static final String TYPE = "openidvci-issuer-metadata+jwt";
  private static final Duration VALID = Duration.ofHours(24);
  private final SigningKeys keys;
  private final Signers signers;
  private final IssuanceConfig config;
  private final Clock clock;

  SignedMetadata(SigningKeys keys, Signers signers, IssuanceConfig config, Clock clock) {
    this.keys = keys;
    this.signers = signers;
    this.config = config;
    this.clock = clock;
  }

  String of(Issuer issuer, ObjectNode metadata) {
    if (!config.roles().contains(IssuanceRole.SIGN)) {
      throw ProblemType.UNAVAILABLE.because(
          "Nothing is signed here; ask for application/json, or again in a moment");
    }
    SigningKey key = keys.current(issuer.organization(), KeyAlgorithm.P256);
    Instant now = clock.instant();
    ObjectNode claims = metadata.deepCopy();
    claims.put("iss", key.did());
    claims.put("sub", issuer.identifier());
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(VALID).getEpochSecond());
    String header = JwsHeader.of(key, TYPE);
    byte[] payload = claims.toString().getBytes(UTF_8);
    byte[] encoded = Base64.getUrlEncoder().withoutPadding().encode(header.getBytes(UTF_8));
    byte[] signature = new CompactJws().sign(signers.ofThisThread(), key, encoded, payload);
    return CompactJws.text(header, payload, signature);
  }
}
