package dev.credmill.issuance.securing;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The symmetric secrets, by purpose and version. They are made at the first start on an empty
 * database. What was computed with a version is only ever computed again with the same version.
 */
@Startup
@ApplicationScoped
public class Secrets {
  private static final short FIRST_VERSION = 1;
  private final Map<SecretPurpose, TreeMap<Short, byte[]>> secrets =
      new EnumMap<>(SecretPurpose.class);

  Secrets(SecretKeyTable table, MasterKey masterKey, Clock clock) {
    read(table, masterKey);
    if (secrets.size() < SecretPurpose.values().length) {
      SecureRandom random = new SecureRandom();
      for (SecretPurpose purpose : SecretPurpose.values()) {
        byte[] secret = new byte[purpose.bytes()];
        random.nextBytes(secret);
        byte[] wrapped = masterKey.wrap(secret, name(purpose, FIRST_VERSION));
        table.insertIfAbsent(
            new SecretKeyTable.Entry(purpose, FIRST_VERSION, wrapped), clock.instant());
      }
      read(table, masterKey);
    }
  }

  /** The version that new batches and lists are pinned to; the same for every purpose. */
  public short currentVersion() {
    return secrets.get(SecretPurpose.LINK_TOKEN).lastKey();
  }

  public Set<Short> versions() {
    return secrets.get(SecretPurpose.LINK_TOKEN).keySet();
  }

  public Optional<byte[]> find(SecretPurpose purpose, short version) {
    return Optional.ofNullable(secrets.get(purpose).get(version));
  }

  public byte[] get(SecretPurpose purpose, short version) {
    return find(purpose, version)
        .orElseThrow(
            () -> new IllegalStateException("there is no secret " + name(purpose, version)));
  }

  private void read(SecretKeyTable table, MasterKey masterKey) {
    for (SecretKeyTable.Entry entry : table.all()) {
      secrets
          .computeIfAbsent(entry.purpose(), _ -> new TreeMap<>())
          .put(
              entry.version(),
              masterKey.unwrap(entry.wrapped(), name(entry.purpose(), entry.version())));
    }
  }

  private static String name(SecretPurpose purpose, short version) {
    return purpose.name() + "/" + version;
  }
}
