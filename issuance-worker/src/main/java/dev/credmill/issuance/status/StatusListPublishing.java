package dev.credmill.issuance.status;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.integrity.Cryptosuite;
import dev.credmill.issuance.integrity.DataIntegrity;
import dev.credmill.issuance.integrity.ProofException;
import dev.credmill.issuance.securing.CompactJws;
import dev.credmill.issuance.securing.JwsHeader;
import dev.credmill.issuance.securing.KeyAlgorithm;
import dev.credmill.issuance.securing.Signers;
import dev.credmill.issuance.securing.SigningKey;
import dev.credmill.issuance.securing.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Signs lists when their entries have changed, never when they are asked for. */
@ApplicationScoped
public class StatusListPublishing {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final StatusListTable lists;
  private final SigningKeys keys;
  private final Signers signers;
  private final DataIntegrity integrity;
  private final IssuanceConfig config;
  private final Clock clock;

  StatusListPublishing(
      StatusListTable lists,
      SigningKeys keys,
      Signers signers,
      DataIntegrity integrity,
      IssuanceConfig config,
      Clock clock) {
    this.lists = lists;
    this.keys = keys;
    this.signers = signers;
    this.integrity = integrity;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Has every list of the organization signed again at the next {@link #publish}: the key that
   * signed it is no longer to be relied on. Joins the transaction at hand.
   */
  public void outdate(OrganizationId organization) {
    lists.outdate(organization);
  }

  /** Signs every list of the organization whose entries have changed since it was last signed. */
  public void publish(Organization organization) {
    List<StatusListTable.Unsigned> unsigned = lists.unsigned(organization.id());
    for (StatusListTable.Unsigned list : unsigned) {
      Instant now = clock.instant();
      byte[] payload =
          StatusListDocument.of(
              list.purpose(), organization, list.id(), list.bits(), now, config.statusListTtl());
      String jwt = signed(list.purpose(), organization, payload);
      String proved = proved(list.purpose(), organization, payload, now);
      lists.storeSigned(
          list.id(), new StatusListTable.Signed(list.purpose(), jwt, proved, list.version()), now);
    }
  }

  private String signed(ListPurpose purpose, Organization organization, byte[] payload) {
    return switch (purpose.kind()) {
      case BITSTRING -> {
        SigningKey key = keys.current(organization);
        yield signed(key, key.jwsHeader(), payload);
      }
      // Signed by the kind of key that signs the tokens that refer to it.
      case TOKEN -> {
        SigningKey key = keys.current(organization, KeyAlgorithm.P256);
        yield signed(key, JwsHeader.of(key, "statuslist+jwt"), payload);
      }
    };
  }

  /**
   * With a proof by either suite, so that a verifier reads a list with what it verified the
   * credential with (Bitstring Status List 1.0, 3.2). Null where no credential has such a proof.
   */
  private String proved(
      ListPurpose purpose, Organization organization, byte[] payload, Instant now) {
    return switch (purpose.kind()) {
      case BITSTRING -> {
        SigningKey key = keys.current(organization);
        yield switch (key.algorithm()) {
          case ED25519 -> proved(key, payload, now);
          case P256 -> null;
        };
      }
      case TOKEN -> null;
    };
  }

  private String proved(SigningKey key, byte[] payload, Instant now) {
    try {
      ObjectNode list = (ObjectNode) JSON.readTree(payload);
      ArrayNode proofs = JSON.createArrayNode();
      Instant created = now.truncatedTo(ChronoUnit.SECONDS);
      for (Cryptosuite suite : Cryptosuite.values()) {
        proofs.add(integrity.proof(list, suite, key, signers.ofThisThread(), created));
      }
      return JSON.writeValueAsString(list.set("proof", proofs));
    } catch (ProofException e) {
      throw new IllegalStateException("a status list cannot be proved: " + e.detail(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String signed(SigningKey key, String header, byte[] payload) {
    return new CompactJws().sign(signers.ofThisThread(), key, header, payload);
  }
}
