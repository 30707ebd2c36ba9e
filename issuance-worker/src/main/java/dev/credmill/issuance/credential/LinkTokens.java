package dev.credmill.issuance.credential;

import dev.credmill.issuance.securing.SecretPurpose;
import dev.credmill.issuance.securing.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The secret part of links: [key version 1 | AES-SIV of the row's locator 26], base64url. The same
 * row always gives the same link, nobody can guess one (128 bits of tag), and a guess is refused
 * before the database is asked.
 */
@ApplicationScoped
public class LinkTokens {
  static final int TEXT_LENGTH = 36;
  private static final int LOCATOR_BYTES = 10;
  private static final int BYTES = 1 + Siv.TAG + LOCATOR_BYTES;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private final Map<LinkPurpose, Map<Short, Siv>> ciphers = new EnumMap<>(LinkPurpose.class);

  LinkTokens(Secrets secrets) {
    for (LinkPurpose purpose : LinkPurpose.values()) {
      Map<Short, Siv> byVersion = new TreeMap<>();
      for (short version : secrets.versions()) {
        byVersion.put(
            version,
            new Siv(
                secrets.get(SecretPurpose.LINK_TOKEN, version),
                purpose.associatedData(),
                LOCATOR_BYTES));
      }
      ciphers.put(purpose, byVersion);
    }
  }

  /** The token of a row's link. */
  String token(LinkPurpose purpose, short secretVersion, RowLocator row) {
    byte[] bytes = new byte[BYTES];
    bytes[0] = (byte) secretVersion;
    long batch = row.batchNumber();
    int number = row.rowNumber();
    int at = 1 + Siv.TAG;
    for (int i = 0; i < 6; i++) {
      bytes[at + i] = (byte) (batch >>> (40 - 8 * i));
    }
    for (int i = 0; i < 4; i++) {
      bytes[at + 6 + i] = (byte) (number >>> (24 - 8 * i));
    }
    ciphers.get(purpose).get(secretVersion).encrypt(bytes, 1);
    return ENCODER.encodeToString(bytes);
  }

  /** With which version of the secrets a token was made that leads to a row. */
  static short secretVersion(String token) {
    return Base64.getUrlDecoder().decode(token)[0];
  }

  /** The row that a token leads to; empty for whatever was not made here for that purpose. */
  Optional<RowLocator> locate(LinkPurpose purpose, String token) {
    if (token == null || token.length() != TEXT_LENGTH) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    Siv siv = bytes.length == BYTES ? ciphers.get(purpose).get((short) bytes[0]) : null;
    if (siv == null || !siv.decrypt(bytes, 1)) {
      return Optional.empty();
    }
    long batch = 0;
    int number = 0;
    int at = 1 + Siv.TAG;
    for (int i = 0; i < 6; i++) {
      batch = batch << 8 | (bytes[at + i] & 0xFF);
    }
    for (int i = 0; i < 4; i++) {
      number = number << 8 | (bytes[at + 6 + i] & 0xFF);
    }
    return RowLocator.possible(batch, number)
        ? Optional.of(new RowLocator(batch, number))
        : Optional.empty();
  }
}
