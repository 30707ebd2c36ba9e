package dev.credmill.issuance.copy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.StatusPurpose;
import dev.credmill.issuance.credential.CredentialFormat;
import dev.credmill.issuance.credential.StoredCredential;
import dev.credmill.issuance.integrity.Cryptosuite;
import dev.credmill.issuance.integrity.DataIntegrity;
import dev.credmill.issuance.integrity.ProofException;
import dev.credmill.issuance.sdjwt.SdJwtVc;
import dev.credmill.issuance.securing.CompactJws;
import dev.credmill.issuance.securing.KeyAlgorithm;
import dev.credmill.issuance.securing.Signer;
import dev.credmill.issuance.securing.Signers;
import dev.credmill.issuance.securing.SigningKey;
import dev.credmill.issuance.securing.SigningKeys;
import dev.credmill.issuance.status.StatusPlace;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;

/**
 * Writes copies: the record's claims, in one of the formats, by the organization's current keys.
 */
@ApplicationScoped
class CopyWriting {
  /** Numbers keep their digits on the way through a tree. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final SigningKeys keys;
  private final Signers signers;
  private final DataIntegrity integrity;

  CopyWriting(SigningKeys keys, Signers signers, DataIntegrity integrity) {
    this.keys = keys;
    this.signers = signers;
    this.integrity = integrity;
  }

  /**
   * A copy to be written.
   *
   * @param id its credential id
   * @param token its entry in a token status list; null for what is no SD-JWT VC
   * @param bitstring its entries in bitstring lists; empty for an SD-JWT VC
   */
  record Order(
      StoredCredential record,
      Organization organization,
      CredentialDefinition definition,
      CredentialFormat format,
      HolderKey holder,
      String id,
      StatusPlace token,
      Map<StatusPurpose, StatusPlace> bitstring,
      Instant now) {}

  JsonNode write(Order order) {
    return switch (order.format()) {
      case SD_JWT_VC -> TextNode.valueOf(sdJwtVc(order));
      case VC_JWT -> TextNode.valueOf(vcJwt(order));
      case EDDSA_RDFC_2022 -> proved(order, Cryptosuite.EDDSA_RDFC_2022);
      case EDDSA_JCS_2022 -> proved(order, Cryptosuite.EDDSA_JCS_2022);
    };
  }

  private String sdJwtVc(Order order) {
    SigningKey key = keys.current(order.organization(), KeyAlgorithm.P256);
    StoredCredential record = order.record();
    SdJwtVc.Contents contents =
        new SdJwtVc.Contents(
            order.organization(),
            order.definition(),
            (ObjectNode) read(record.json()).path("credentialSubject"),
            order.now(),
            record.validFrom(),
            record.validUntil(),
            order.holder().members(),
            order.holder().did(),
            order.token().list().url(order.organization()),
            order.token().index());
    return SdJwtVc.sign(contents, key, signer());
  }

  private String vcJwt(Order order) {
    SigningKey key = keys.current(order.organization());
    return new CompactJws().sign(signer(), key, key.jwsHeader(), bytes(credential(order)));
  }

  private ObjectNode proved(Order order, Cryptosuite suite) {
    ObjectNode credential = credential(order);
    try {
      credential.set(
          "proof",
          integrity.proof(
              credential,
              suite,
              keys.current(order.organization(), KeyAlgorithm.ED25519),
              signer(),
              order.now()));
      return credential;
    } catch (ProofException e) {
      throw ProblemType.CONFLICT.because(
          e.detail() + " The credential cannot be had in this format; take another");
    }
  }

  /** The record with its own id and status, about the holder. */
  private static ObjectNode credential(Order order) {
    ObjectNode credential = (ObjectNode) read(order.record().json());
    credential.put("id", order.id());
    ObjectNode subject = JSON.createObjectNode().put("id", order.holder().subject());
    subject.setAll((ObjectNode) credential.path("credentialSubject"));
    subject.put("id", order.holder().subject());
    credential.set("credentialSubject", subject);
    ArrayNode statuses = JSON.createArrayNode();
    order
        .bitstring()
        .forEach(
            (purpose, place) ->
                statuses
                    .addObject()
                    .put("type", "BitstringStatusListEntry")
                    .put("statusPurpose", purpose.text())
                    .put("statusListIndex", Integer.toString(place.index()))
                    .put("statusListCredential", place.list().url(order.organization())));
    credential.set("credentialStatus", statuses.size() == 1 ? statuses.get(0) : statuses);
    return credential;
  }

  private Signer signer() {
    return signers.ofThisThread();
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a stored credential is no JSON", e);
    }
  }

  private static byte[] bytes(ObjectNode credential) {
    try {
      return JSON.writeValueAsBytes(credential);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
