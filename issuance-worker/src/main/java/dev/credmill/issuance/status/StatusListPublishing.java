package dev.credmill.issuance.status;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.securing.CompactJws;
import dev.credmill.issuance.securing.JwsHeader;
import dev.credmill.issuance.securing.KeyAlgorithm;
import dev.credmill.issuance.securing.Signers;
import dev.credmill.issuance.securing.SigningKey;
import dev.credmill.issuance.securing.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Signs lists when their entries have changed, never when they are asked for. */
@ApplicationScoped
public class StatusListPublishing {
  private final StatusListTable lists;
  private final SigningKeys keys;
  private final Signers signers;
  private final IssuanceConfig config;
  private final Clock clock;

  StatusListPublishing(
      StatusListTable lists,
      SigningKeys keys,
      Signers signers,
      IssuanceConfig config,
      Clock clock) {
    this.lists = lists;
    this.keys = keys;
    this.signers = signers;
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
      lists.storeSigned(
          list.id(), new StatusListTable.Signed(list.purpose(), jwt, list.version()), now);
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

  private String signed(SigningKey key, String header, byte[] payload) {
    return new CompactJws().sign(signers.ofThisThread(), key, header, payload);
  }
}
