package dev.credmill.issuance.securing;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.issuance.IssuanceConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys and secrets in memory, by the classes that hold the real ones. */
public final class SecuringForTests {
  public static final String MASTER_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  private final SigningKeyTable keyTable = new KeysInMemory();
  private final MasterKey masterKey = new MasterKey(config(Map.of()));
  public final Secrets secrets = new Secrets(new SecretsInMemory(), masterKey, Clock.systemUTC());
  public final SigningKeys keys = new SigningKeys(keyTable, masterKey, Clock.systemUTC());

  public SigningKey keyOf(Organization organization) {
    return keys.current(organization);
  }

  public SigningKey keyOf(Organization organization, KeyAlgorithm algorithm) {
    return keys.current(organization, algorithm);
  }

  public Signer corretto() {
    return SignatureProvider.CORRETTO.signer(keys);
  }

  public Signer bouncyCastle() {
    return SignatureProvider.BOUNCY_CASTLE.signer(keys);
  }

  /** The configuration with these keys besides the master key; an empty value takes a key away. */
  public static IssuanceConfig config(Map<String, String> values) {
    Map<String, String> all = new HashMap<>(Map.of("issuance.master-key", MASTER_KEY));
    all.putAll(values);
    return new SmallRyeConfigBuilder()
        .withMapping(IssuanceConfig.class)
        .withDefaultValues(all)
        .build()
        .getConfigMapping(IssuanceConfig.class);
  }

  private static final class SecretsInMemory extends SecretKeyTable {
    private final Map<String, Entry> entries = new HashMap<>();

    SecretsInMemory() {
      super(null);
    }

    @Override
    void insertIfAbsent(Entry entry, Instant now) {
      entries.putIfAbsent(entry.purpose() + "/" + entry.version(), entry);
    }

    @Override
    List<Entry> all() {
      return List.copyOf(entries.values());
    }
  }

  private static final class KeysInMemory extends SigningKeyTable {
    private final Map<String, SigningKey> keys = new HashMap<>();
    private final Map<String, byte[]> wrapped = new HashMap<>();

    KeysInMemory() {
      super(null);
    }

    @Override
    void insertIfNoneCurrent(SigningKey key, byte[] wrappedPrivateKey, Instant now) {
      if (ofOrganization(key.organization()).stream()
          .noneMatch(other -> other.algorithm() == key.algorithm())) {
        keys.put(key.kid(), key);
        wrapped.put(key.kid(), wrappedPrivateKey);
      }
    }

    @Override
    List<SigningKey> ofOrganization(OrganizationId organization) {
      List<SigningKey> found = new ArrayList<>(keys.values());
      found.removeIf(key -> !key.organization().equals(organization));
      return found;
    }

    @Override
    Optional<SigningKey> byKid(String kid) {
      return Optional.ofNullable(keys.get(kid));
    }

    @Override
    byte[] wrappedPrivateKey(String kid) {
      return wrapped.get(kid);
    }
  }
}
