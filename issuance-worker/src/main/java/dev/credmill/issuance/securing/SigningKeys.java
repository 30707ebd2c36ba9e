package dev.credmill.issuance.securing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.registry.Organization;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

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

  /** What the organization signs with now. */
  public SigningKey current(Organization organization) {
    return findCurrent(organization.id())
        .orElseGet(
            () -> {
              create(organization);
              return findCurrent(organization.id())
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

  /** The 32 bytes that an Ed25519 private key is (RFC 8032, 5.1.5). */
  byte[] privateKey(SigningKey key) {
    return privateKeys.get(key.kid(), kid -> masterKey.unwrap(table.wrappedPrivateKey(kid), kid));
  }

  private Optional<SigningKey> findCurrent(OrganizationId organization) {
    return table.ofOrganization(organization).stream().filter(key -> !key.retired()).findFirst();
  }

  private void create(Organization organization) {
    Ed25519PrivateKeyParameters privateKey = new Ed25519PrivateKeyParameters(new SecureRandom());
    byte[] publicKey = privateKey.generatePublicKey().getEncoded();
    String kid = thumbprint(publicKey);
    SigningKey key =
        new SigningKey(
            kid,
            organization.id(),
            organization.did(),
            publicKey,
            JwsHeader.of(organization.did(), kid),
            false);
    table.insertIfNoneCurrent(key, masterKey.wrap(privateKey.getEncoded(), kid), clock.instant());
  }

  /** RFC 7638: the required members in lexical order, hashed. */
  static String thumbprint(byte[] publicKey) {
    Base64.Encoder base64url = Base64.getUrlEncoder().withoutPadding();
    String jwk =
        "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\""
            + base64url.encodeToString(publicKey)
            + "\"}";
    try {
      return base64url.encodeToString(
          MessageDigest.getInstance("SHA-256").digest(jwk.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
