package dev.credmill.notification.sms.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands in {@code X-Twilio-Signature}: HMAC-SHA1, under the auth token, of the address that
 * was given to Twilio and of the parameters by name.
 */
final class Signature {
  private static final String ALGORITHM = "HmacSHA1";
  private static final Pattern PORT = Pattern.compile("^(https://[^/?#]+):\\d+(?=[/?#]|$)");

  private Signature() {}

  static String of(String authToken, String url, Map<String, List<String>> parameters) {
    StringBuilder signed = new StringBuilder(url);
    new TreeMap<>(parameters)
        .forEach(
            (name, values) ->
                new TreeSet<>(values).forEach(value -> signed.append(name).append(value)));
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(authToken.getBytes(UTF_8), ALGORITHM));
      return Base64.getEncoder().encodeToString(mac.doFinal(signed.toString().getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA1", e);
    }
  }

  /**
   * Whether it is that, in constant time.
   *
   * @param signature null where none came
   */
  static boolean isValid(
      String signature, String authToken, String url, Map<String, List<String>> parameters) {
    // Twilio leaves the port of an https address out, at times.
    String portless = PORT.matcher(url).replaceFirst("$1");
    return signature != null
        && (isEqual(signature, of(authToken, url, parameters))
            || isEqual(signature, of(authToken, portless, parameters)));
  }

  private static boolean isEqual(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
  }
}
