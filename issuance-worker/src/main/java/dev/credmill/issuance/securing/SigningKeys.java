package dev.credmill.issuance.securing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.registry.Organization;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The organizations' signing keys. One is made when it is first needed. Private keys leave here
 * only towards a {@link Signer}; a KMS or PKCS#11 would take the place of both.
 */
@ApplicationScoped
public class SigningKeys {
  private final SigningKeyTable table;
  private final MasterKey masterKey;
  private final Clock clock;
  private final Cache<String, SigningKey> byKid = Caffeine.newBuilder().maximumSize(10_000).build();
  private final Cache<String, byte[]> privateKeys =
      Caffeine.newBuilder().maximumSize(10_000).build();

  SigningKeys(SigningKeyTable table, MasterKey masterKey, Clock clock) {
    this.table = table;
    this.masterKey = masterKey;
    this.clock = clock;
  }

  /** What the organization signs with now what it issues in bulk. */
  public SigningKey current(Organization organization) {
    return current(organization, KeyAlgorithm.ED25519);
  }

  /** What the organization signs with now by that algorithm. */
  public SigningKey current(Organization organization, KeyAlgorithm algorithm) {
    return findCurrent(organization.id(), algorithm)
        .orElseGet(
            () -> {
              create(organization, algorithm);
              return findCurrent(organization.id(), algorithm)
                  .orElseThrow(() -> new IllegalStateException("no key for " + organization.id()));
            });
  }

  /** Every key that credentials of the organization may be signed with, the current one first. */
  public List<SigningKey> ofOrganization(OrganizationId organization) {
    return table.ofOrganization(organization);
  }

  public Optional<SigningKey> byKid(String kid) {
    SigningKey known = byKid.getIfPresent(kid);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<SigningKey> found = table.byKid(kid);
    found.ifPresent(key -> byKid.put(kid, key));
    return found;
  }

  /** Its 32 bytes (RFC 8032, 5.1.5, or the number itself). */
  byte[] privateKey(SigningKey key) {
    return privateKeys.get(key.kid(), kid -> masterKey.unwrap(table.wrappedPrivateKey(kid), kid));
  }

  private Optional<SigningKey> findCurrent(OrganizationId organization, KeyAlgorithm algorithm) {
    return table.ofOrganization(organization).stream()
        .filter(key -> key.algorithm() == algorithm && !key.retired())
        .findFirst();
  }

  private void create(Organization organization, KeyAlgorithm algorithm) {
    KeyPair pair = KeyPair.generate(algorithm);
    String kid = PublicJwk.thumbprint(algorithm, pair.publicKey());
    SigningKey key =
        new SigningKey(
            kid,
            organization.id(),
            organization.did(),
            algorithm,
            pair.publicKey(),
            JwsHeader.of(organization.did(), kid, algorithm),
            false);
    table.insertIfNoneCurrent(key, masterKey.wrap(pair.privateKey(), kid), clock.instant());
  }
}
