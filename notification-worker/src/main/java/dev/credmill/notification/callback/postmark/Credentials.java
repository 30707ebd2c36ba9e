package dev.credmill.notification.callback.postmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * With which Postmark logs in. Passwords are long enough for nobody to find them from their hash,
 * so that need not be a slow one: it is made for every callback.
 *
 * @param salt in hex
 * @param hash SHA-256 over salt and password, in hex
 */
public record Credentials(String user, String salt, String hash) {
  private static final int SALT_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** As they stand in addresses, without percent signs. */
  private static final Pattern USER = Pattern.compile("[A-Za-z0-9._~-]{1,100}");

  private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9._~-]{24,200}");
  private static final int LEAST_CHARACTERS = 8;

  public Credentials {
    if (user == null || !USER.matcher(user).matches()) {
      throw new IllegalArgumentException(
          "user has 1 to 100 of A-Z, a-z, 0-9 and . _ ~ -, so that it can stand in an address");
    }
  }

  public static Credentials of(String user, String password) {
    if (password == null
        || !PASSWORD.matcher(password).matches()
        || password.chars().distinct().count() < LEAST_CHARACTERS) {
      throw new IllegalArgumentException(
          "password has 24 to 200 of A-Z, a-z, 0-9 and . _ ~ -, at random; openssl rand -hex 24 makes one");
    }
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    String hex = HexFormat.of().formatHex(salt);
    return new Credentials(user, hex, hash(hex, password));
  }

  /**
   * Whether it says these, in constant time.
   *
   * @param authorization the header of a request; null for none
   */
  boolean areIn(String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return false;
    }
    String said;
    try {
      said = new String(Base64.getDecoder().decode(authorization.substring(6).strip()), UTF_8);
    } catch (IllegalArgumentException _) {
      return false;
    }
    int colon = said.indexOf(':');
    if (colon < 0) {
      return false;
    }
    boolean isUser = isEqual(user, said.substring(0, colon));
    boolean isPassword = isEqual(hash, hash(salt, said.substring(colon + 1)));
    return isUser && isPassword;
  }

  private static boolean isEqual(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
  }

  private static String hash(String salt, String password) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(HexFormat.of().parseHex(salt));
      return HexFormat.of().formatHex(digest.digest(password.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Says whose, never what with. */
  @Override
  public String toString() {
    return user;
  }
}
