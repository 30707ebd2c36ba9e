package dev.credmill.issuance.securing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Makes compact JWS (RFC 7515, 7.1) in a buffer that is used again and again. Belongs to one
 * thread.
 */
public final class CompactJws {
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
  private byte[] input = new byte[4096];

  /** The signature of the payload under that header. */
  public byte[] sign(Signer signer, SigningKey key, byte[] encodedHeader, byte[] payload) {
    int length = encodedHeader.length + 1 + (payload.length * 4 + 2) / 3;
    if (input.length < length) {
      input = new byte[Integer.highestOneBit(length) << 1];
    }
    System.arraycopy(encodedHeader, 0, input, 0, encodedHeader.length);
    input[encodedHeader.length] = '.';
    byte[] encoded = BASE64URL.encode(payload);
    System.arraycopy(encoded, 0, input, encodedHeader.length + 1, encoded.length);
    byte[] signature = new byte[Signer.SIGNATURE_BYTES];
    signer.sign(key, input, length, signature);
    return signature;
  }

  /** The whole JWS of the payload. */
  public String sign(Signer signer, SigningKey key, String header, byte[] payload) {
    byte[] encoded = BASE64URL.encode(header.getBytes(StandardCharsets.UTF_8));
    return text(header, payload, sign(signer, key, encoded, payload));
  }

  /** Header, payload and signature put together. */
  public static String text(String header, byte[] payload, byte[] signature) {
    return BASE64URL.encodeToString(header.getBytes(StandardCharsets.UTF_8))
        + '.'
        + BASE64URL.encodeToString(payload)
        + '.'
        + BASE64URL.encodeToString(signature);
  }
}
