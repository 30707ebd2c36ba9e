package dev.credmill.issuance.sdjwt;

import com.authlete.sd.Disclosure;
import com.authlete.sd.SDJWT;
import com.authlete.sd.SDObjectBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.TypeMetadata;
import dev.credmill.issuance.securing.CompactJws;
import dev.credmill.issuance.securing.JwsHeader;
import dev.credmill.issuance.securing.Signer;
import dev.credmill.issuance.securing.SigningKey;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes SD-JWT VCs (RFC 9901 and draft-ietf-oauth-sd-jwt-vc). */
public final class SdJwtVc {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private SdJwtVc() {}

  /**
   * What one says.
   *
   * @param subject the claims, as the row's record has them
   * @param validUntil null for never
   * @param holderKey the members of the holder's public JWK
   * @param holderDid null where the holder gave none
   * @param statusIndex in the token status list at {@code statusList}
   */
  public record Contents(
      Organization organization,
      CredentialDefinition definition,
      ObjectNode subject,
      Instant issuedAt,
      Instant validFrom,
      Instant validUntil,
      Map<String, ?> holderKey,
      String holderDid,
      String statusList,
      int statusIndex) {}

  /** The SD-JWT with all its disclosures, for the holder to choose from. */
  public static String sign(Contents contents, SigningKey key, Signer signer) {
    SDObjectBuilder payload = new SDObjectBuilder();
    Organization organization = contents.organization();
    CredentialDefinition definition = contents.definition();
    payload.putClaim("iss", organization.did());
    if (contents.holderDid() != null) {
      payload.putClaim("sub", contents.holderDid());
    }
    payload.putClaim("vct", TypeMetadata.url(organization.publicUrl(), definition.id()));
    payload.putClaim("vct#integrity", typeIntegrity(definition, organization));
    payload.putClaim("iat", contents.issuedAt().getEpochSecond());
    payload.putClaim("nbf", contents.validFrom().getEpochSecond());
    if (contents.validUntil() != null) {
      payload.putClaim("exp", contents.validUntil().getEpochSecond());
    }
    payload.putClaim("cnf", Map.of("jwk", contents.holderKey()));
    payload.putClaim(
        "status",
        Map.of("status_list", Map.of("idx", contents.statusIndex(), "uri", contents.statusList())));
    List<Disclosure> disclosures = new ArrayList<>();
    for (Map.Entry<String, JsonNode> claim : contents.subject().properties()) {
      if (!definition.hasClaim(claim.getKey())) {
        // An Open Badge's subject has members besides claims, which the type does not describe.
        continue;
      }
      Object value = JSON.convertValue(claim.getValue(), Object.class);
      if (definition.alwaysDisclosed().contains(claim.getKey())) {
        payload.putClaim(claim.getKey(), value);
      } else {
        disclosures.add(payload.putSDClaim(claim.getKey(), value));
      }
    }
    // The hash algorithm is said where there is something to hash, and nowhere else (RFC 9901,
    // 4.1.1).
    byte[] body = bytes(payload.build(!disclosures.isEmpty()));
    String jwt = new CompactJws().sign(signer, key, JwsHeader.of(key, TypeMetadata.FORMAT), body);
    return new SDJWT(jwt, disclosures).toString();
  }

  private static String typeIntegrity(CredentialDefinition definition, Organization organization) {
    return definition.typeIntegrity() == null
        ? TypeMetadata.of(definition, organization.publicUrl()).integrity()
        : definition.typeIntegrity();
  }

  private static byte[] bytes(Map<String, Object> payload) {
    try {
      return JSON.writeValueAsBytes(payload);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
