package dev.credmill.issuance.integrity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.issuance.credential.CredentialStore;
import dev.credmill.issuance.credential.StoredCredential;
import dev.credmill.issuance.credential.StoredProof;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** A row's record together with the proofs that were made with it. */
@ApplicationScoped
public class EmbeddedProofs {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final CredentialStore credentials;
  private final DataIntegrity integrity;

  EmbeddedProofs(CredentialStore credentials, DataIntegrity integrity) {
    this.credentials = credentials;
    this.integrity = integrity;
  }

  /** The credential as JSON with its {@code proof}; as it is where its definition asks for none. */
  public String json(StoredCredential credential) {
    List<StoredProof> stored = credentials.proofs(credential);
    if (stored.isEmpty()) {
      return credential.json();
    }
    String unsecured = credential.json();
    return unsecured.substring(0, unsecured.length() - 1)
        + ",\"proof\":"
        + proof(credential, read(unsecured), stored)
        + "}";
  }

  /** The same as a tree; empty where its definition asks for no proof. */
  public Optional<ObjectNode> secured(StoredCredential credential) {
    List<StoredProof> stored = credentials.proofs(credential);
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode secured = read(credential.json());
    JsonNode proof = proof(credential, secured, stored);
    return Optional.of(secured.set("proof", proof));
  }

  /** One proof, or a set of them. */
  private JsonNode proof(
      StoredCredential credential, ObjectNode unsecured, List<StoredProof> stored) {
    ArrayNode proofs = JSON.createArrayNode();
    for (StoredProof one : stored) {
      proofs.add(
          integrity
              .issuerProof(
                  Cryptosuite.of(one.format().text()).orElseThrow(),
                  credential.key(),
                  credential.validFrom(),
                  unsecured)
              .put("proofValue", DataIntegrity.proofValue(one.signature())));
    }
    return proofs.size() == 1 ? proofs.get(0) : proofs;
  }

  private static ObjectNode read(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored credential is no JSON", e);
    }
  }
}
