package dev.credmill.issuance.offer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.securing.SecretPurpose;
import dev.credmill.issuance.securing.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces for wallets to sign: [secret's version 1 | expiry 8 | random 16 | MAC 16], base64url. So
 * whoever asks for a million of them fills no table; only the used ones are remembered.
 */
@ApplicationScoped
class Nonces {
  private static final int RANDOM_BYTES = 16;
  private static final int TOLD = 1 + Long.BYTES + RANDOM_BYTES;
  private static final int MAC_BYTES = 16;
  private static final int TEXT_LENGTH = (TOLD + MAC_BYTES) * 4 / 3 + 1;
  private static final SecureRandom RANDOM = new SecureRandom();
  private final Secrets secrets;
  private final UsedNonceTable used;
  private final OfferConfig config;
  private final Clock clock;

  Nonces(Secrets secrets, UsedNonceTable used, IssuanceConfig config, Clock clock) {
    this.secrets = secrets;
    this.used = used;
    this.config = config.offer();
    this.clock = clock;
  }

  /** A new one, for wallets of that organization's credentials. */
  String next(OrganizationId organization) {
    short version = newest();
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    byte[] told =
        ByteBuffer.allocate(TOLD)
            .put((byte) version)
            .putLong(clock.instant().plus(config.nonceLifetime()).getEpochSecond())
            .put(random)
            .array();
    byte[] nonce = Arrays.copyOf(told, TOLD + MAC_BYTES);
    System.arraycopy(mac(version, organization, told), 0, nonce, TOLD, MAC_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
  }

  /** Whether it was made here for that organization, and has not expired. */
  boolean isGood(OrganizationId organization, String nonce) {
    return read(nonce)
        .filter(bytes -> hasMac(organization, bytes))
        .filter(bytes -> clock.instant().isBefore(expiry(bytes)))
        .isPresent();
  }

  /** Uses a good one up; false where it was used before. */
  boolean use(String nonce) {
    byte[] bytes = read(nonce).orElseThrow();
    return used.insertIfAbsent(bytes, expiry(bytes));
  }

  private boolean hasMac(OrganizationId organization, byte[] bytes) {
    short version = bytes[0];
    return secrets.find(SecretPurpose.NONCE, version).isPresent()
        && MessageDigest.isEqual(
            mac(version, organization, Arrays.copyOf(bytes, TOLD)),
            Arrays.copyOfRange(bytes, TOLD, TOLD + MAC_BYTES));
  }

  private static Instant expiry(byte[] bytes) {
    return Instant.ofEpochSecond(ByteBuffer.wrap(bytes).getLong(1));
  }

  private static Optional<byte[]> read(String nonce) {
    if (nonce.length() > TEXT_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getUrlDecoder().decode(nonce))
          .filter(bytes -> bytes.length == TOLD + MAC_BYTES);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private short newest() {
    short newest = 0;
    for (short version : secrets.versions()) {
      if (secrets.find(SecretPurpose.NONCE, version).isPresent()) {
        newest = version;
      }
    }
    return newest;
  }

  private byte[] mac(short version, OrganizationId organization, byte[] told) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secrets.get(SecretPurpose.NONCE, version), "HmacSHA256"));
      mac.update(told);
      return Arrays.copyOf(mac.doFinal(organization.value().getBytes(UTF_8)), MAC_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
