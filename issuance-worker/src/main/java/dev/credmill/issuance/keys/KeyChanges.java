package dev.credmill.issuance.keys;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.Registry;
import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.IssuanceRole;
import dev.credmill.issuance.securing.KeyAlgorithm;
import dev.credmill.issuance.securing.KeyRecord;
import dev.credmill.issuance.securing.KeyStatus;
import dev.credmill.issuance.securing.SigningKeys;
import dev.credmill.issuance.status.StatusListPublishing;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/** New keys in place of old ones, and keys that are no longer to be relied on. */
@ApplicationScoped
class KeyChanges {
  private static final Logger LOG = Logger.getLogger(KeyChanges.class);

  /** Whoever resolves the DID document reads all of them: it must stay small. */
  private static final int MOST_KEYS = 200;

  private final SigningKeys keys;
  private final StatusListPublishing publishing;
  private final Registry registry;
  private final IssuanceConfig config;

  KeyChanges(
      SigningKeys keys, StatusListPublishing publishing, Registry registry, IssuanceConfig config) {
    this.keys = keys;
    this.publishing = publishing;
    this.registry = registry;
    this.config = config;
  }

  List<KeyRecord> history(OrganizationId organization) {
    return keys.history(organization);
  }

  /**
   * @param wanted null for every algorithm that the organization has a current key of
   * @return the current keys after it
   */
  List<KeyRecord> rotate(OrganizationId id, KeyAlgorithm wanted, String by) {
    Organization organization = signed(id);
    if (wanted != null && !keys.algorithms().contains(wanted)) {
      throw ProblemType.CONFLICT.because(
          "New keys are kept in a PKCS#11 token here, which makes no keys of "
              + wanted.curve()
              + "; name another algorithm");
    }
    if (keys.ofOrganization(id).size() >= MOST_KEYS) {
      throw ProblemType.CONFLICT.because(
          "The organization's DID document has %d keys and takes no more; revoke keys that signed nothing that still counts"
              .formatted(MOST_KEYS));
    }
    for (KeyAlgorithm algorithm : wanted == null ? inUse(id) : EnumSet.of(wanted)) {
      keys.rotate(organization, algorithm);
      LOG.infof("%s rotated the %s key of %s", by, algorithm.curve(), id);
    }
    return current(id);
  }

  /**
   * The status lists are signed anew in the same step; a crash between the two leaves them to
   * whoever looks for forgotten lists, every half minute.
   */
  KeyRecord revoke(OrganizationId id, String kid, String reason, String by) {
    Organization organization = signed(id);
    KeyRecord before = find(id, kid);
    if (before.key().status() == KeyStatus.CURRENT) {
      keys.rotate(organization, before.key().algorithm());
    }
    if (before.key().status() != KeyStatus.REVOKED) {
      QuarkusTransaction.requiringNew()
          .run(
              () -> {
                keys.revoke(id, kid, reason);
                publishing.outdate(id);
              });
      LOG.infof("%s revoked key %s of %s", by, kid, id);
    }
    publishing.publish(organization);
    return find(id, kid);
  }

  private KeyRecord find(OrganizationId id, String kid) {
    return keys.history(id).stream()
        .filter(one -> one.key().kid().equals(kid))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemType.NOT_FOUND.because(
                    "The organization has no key of that kid; GET /v1/keys lists them"));
  }

  private Set<KeyAlgorithm> inUse(OrganizationId id) {
    Set<KeyAlgorithm> algorithms = EnumSet.noneOf(KeyAlgorithm.class);
    current(id).forEach(one -> algorithms.add(one.key().algorithm()));
    if (algorithms.isEmpty()) {
      algorithms.addAll(keys.algorithms());
    }
    return algorithms;
  }

  private List<KeyRecord> current(OrganizationId id) {
    return keys.history(id).stream()
        .filter(one -> one.key().status() == KeyStatus.CURRENT)
        .toList();
  }

  private Organization signed(OrganizationId id) {
    if (!config.roles().contains(IssuanceRole.SIGN)) {
      throw ProblemType.UNAVAILABLE.because(
          "This process only publishes; have the call routed to one that signs (issuance.roles)");
    }
    return registry
        .organization(id)
        .orElseThrow(() -> ProblemType.NOT_FOUND.because("There is no such organization"));
  }
}
