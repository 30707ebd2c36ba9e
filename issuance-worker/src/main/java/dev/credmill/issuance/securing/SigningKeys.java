package dev.credmill.issuance.securing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.Organization;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The organizations' signing keys. One is made when it is first needed. */
@ApplicationScoped
public class SigningKeys {
  /** So soon does a process notice that another one has revoked a key. */
  private static final Duration NOTICED_WITHIN = Duration.ofSeconds(2);

  private final SigningKeyTable table;
  private final KeyCustodies custodies;
  private final Clock clock;
  private final Cache<String, SigningKey> byKid =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(NOTICED_WITHIN).build();

  SigningKeys(SigningKeyTable table, KeyCustodies custodies, Clock clock) {
    this.table = table;
    this.custodies = custodies;
    this.clock = clock;
  }

  /** Which keys new ones can be of, here. */
  public Set<KeyAlgorithm> algorithms() {
    return custodies.forNew().algorithms();
  }

  /**
   * By which algorithm is signed what is issued in bulk: Ed25519, or P-256 where new keys are kept
   * in a token that does not know the other.
   */
  public KeyAlgorithm inBulk() {
    return algorithms().contains(KeyAlgorithm.ED25519) ? KeyAlgorithm.ED25519 : KeyAlgorithm.P256;
  }

  /** What the organization signs with now what it issues in bulk. */
  public SigningKey current(Organization organization) {
    return current(organization, inBulk());
  }

  /** What the organization signs with now by that algorithm. */
  public SigningKey current(Organization organization, KeyAlgorithm algorithm) {
    return findCurrent(organization.id(), algorithm)
        .orElseGet(
            () -> {
              KeyCustody.NewKey made = make(algorithm);
              if (!table.insertIfNoneCurrent(key(organization, made), made.wrapped(), now())) {
                custody().discard(made);
              }
              return findCurrent(organization.id(), algorithm)
                  .orElseThrow(() -> new IllegalStateException("no key for " + organization.id()));
            });
  }

  /** Every key that credentials of the organization are verified with, the current ones first. */
  public List<SigningKey> ofOrganization(OrganizationId organization) {
    return history(organization).stream()
        .map(KeyRecord::key)
        .filter(key -> key.status() != KeyStatus.REVOKED)
        .toList();
  }

  /** Every key that the organization ever had, the current ones first. */
  public List<KeyRecord> history(OrganizationId organization) {
    return table.ofOrganization(organization);
  }

  /** Its status is as of the last two seconds. */
  public Optional<SigningKey> byKid(String kid) {
    SigningKey known = byKid.getIfPresent(kid);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<SigningKey> found = table.byKid(kid);
    found.ifPresent(key -> byKid.put(kid, key));
    return found;
  }

  /**
   * A new key takes the current one's place. Of calls at once one makes the key, and all are
   * content with it. Where such keys can no longer be made, the current one is retired only.
   */
  public void rotate(Organization organization, KeyAlgorithm algorithm) {
    if (!algorithms().contains(algorithm)) {
      table.retireCurrent(organization.id(), algorithm, now());
      return;
    }
    KeyCustody.NewKey made = make(algorithm);
    boolean taken =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  table.retireCurrent(organization.id(), algorithm, now());
                  return table.insertIfNoneCurrent(key(organization, made), made.wrapped(), now());
                });
    if (!taken) {
      custody().discard(made);
    }
    byKid.invalidateAll();
  }

  /** Revokes a key that is not current any more; joins the transaction at hand. */
  public void revoke(OrganizationId organization, String kid, String reason) {
    table.revoke(organization, kid, reason, now());
    byKid.invalidate(kid);
  }

  private Optional<SigningKey> findCurrent(OrganizationId organization, KeyAlgorithm algorithm) {
    return history(organization).stream()
        .map(KeyRecord::key)
        .filter(key -> key.algorithm() == algorithm && key.status() == KeyStatus.CURRENT)
        .findFirst();
  }

  private KeyCustody.NewKey make(KeyAlgorithm algorithm) {
    if (!algorithms().contains(algorithm)) {
      throw ProblemType.CONFLICT.because(
          "The token that keeps this installation's keys makes no keys of "
              + algorithm.curve()
              + "; use what is signed with P-256");
    }
    return custody().generate(algorithm);
  }

  private SigningKey key(Organization organization, KeyCustody.NewKey made) {
    return new SigningKey(
        made.kid(),
        organization.id(),
        organization.did(),
        made.algorithm(),
        made.publicKey(),
        JwsHeader.of(organization.did(), made.kid(), made.algorithm()),
        custodies.forNew(),
        KeyStatus.CURRENT);
  }

  private KeyCustody custody() {
    return custodies.of(custodies.forNew());
  }

  private Instant now() {
    return clock.instant();
  }
}
