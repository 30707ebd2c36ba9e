package dev.credmill.issuance.securing;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.issuance.IssuanceConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys and secrets in memory, by the classes that hold the real ones. */
public final class SecuringForTests {
  public static final String MASTER_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  private final SigningKeyTable keyTable;
  private final MasterKey masterKey = new MasterKey(config(Map.of()));
  private final KeyCustodies custodies;
  public final Secrets secrets = new Secrets(new SecretsInMemory(), masterKey, Clock.systemUTC());
  final DatabaseCustody database;
  public final SigningKeys keys;

  public SecuringForTests() {
    this(Map.of());
  }

  SecuringForTests(Map<String, String> settings) {
    this(new KeysInMemory(), settings);
  }

  private SecuringForTests(SigningKeyTable keyTable, Map<String, String> settings) {
    this.keyTable = keyTable;
    database = new DatabaseCustody(keyTable, masterKey);
    custodies = new KeyCustodies(database, config(settings));
    keys = new SigningKeys(keyTable, custodies, Clock.systemUTC());
  }

  /** Another process over the same keys. */
  SecuringForTests restarted(Map<String, String> settings) {
    return new SecuringForTests(keyTable, settings);
  }

  /** Signs with every key where it is kept, and checks every signature. */
  Signer signer() {
    return new CustodySigner(custodies, CheckedSigner.Check.of(1));
  }

  byte[] wrappedPrivateKey(SigningKey key) {
    return keyTable.wrappedPrivateKey(key.kid());
  }

  public SigningKey keyOf(Organization organization) {
    return keys.current(organization);
  }

  public SigningKey keyOf(Organization organization, KeyAlgorithm algorithm) {
    return keys.current(organization, algorithm);
  }

  public Signer corretto() {
    return SignatureProvider.CORRETTO.signer(database);
  }

  public Signer bouncyCastle() {
    return SignatureProvider.BOUNCY_CASTLE.signer(database);
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
    boolean insertIfNoneCurrent(SigningKey key, byte[] wrappedPrivateKey, Instant now) {
      if (ofOrganization(key.organization()).stream()
          .anyMatch(other -> other.key().algorithm() == key.algorithm())) {
        return false;
      }
      keys.put(key.kid(), key);
      wrapped.put(key.kid(), wrappedPrivateKey);
      return true;
    }

    @Override
    List<KeyRecord> ofOrganization(OrganizationId organization) {
      return keys.values().stream()
          .filter(key -> key.organization().equals(organization))
          .map(key -> new KeyRecord(key, Instant.EPOCH, null, null, null))
          .toList();
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
