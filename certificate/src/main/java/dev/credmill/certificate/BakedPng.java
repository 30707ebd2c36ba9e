package dev.credmill.certificate;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A PNG that carries an Open Badge (Open Badges 3.0, 5.3.1.1): the credential with its proof stands
 * in an {@code iTXt} chunk, not compressed, right behind the header.
 */
public final class BakedPng {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int AROUND_DATA = 12; // length, type and checksum

  /**
   * How the chunk begins: type and keyword; the keyword's end; neither compressed nor how; no
   * language; no translated keyword.
   */
  private static final byte[] BEGINNING =
      "iTXtopenbadgecredential\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

  private BakedPng() {}

  public static boolean isPng(byte[] bytes) {
    return startsWith(bytes, 0, SIGNATURE);
  }

  /**
   * @param png a whole picture without such a chunk
   * @param credential its JSON
   */
  public static byte[] of(byte[] png, String credential) {
    int afterHeader =
        SIGNATURE.length + AROUND_DATA + ByteBuffer.wrap(png).getInt(SIGNATURE.length);
    byte[] chunk = chunk(credential);
    return ByteBuffer.allocate(png.length + chunk.length)
        .put(png, 0, afterHeader)
        .put(chunk)
        .put(png, afterHeader, png.length - afterHeader)
        .array();
  }

  /** The credential in a picture that anybody may have made, as it was put there; else empty. */
  public static Optional<String> credential(byte[] png) {
    ByteBuffer picture = ByteBuffer.wrap(png);
    long at = SIGNATURE.length;
    while (isPng(png) && at + AROUND_DATA <= png.length) {
      int length = picture.getInt((int) at);
      if (length < 0 || at + AROUND_DATA + length > png.length) {
        return Optional.empty();
      }
      int type = (int) at + 4;
      if (length + 4 >= BEGINNING.length && startsWith(png, type, BEGINNING)) {
        int begin = type + BEGINNING.length;
        return Optional.of(
            new String(png, begin, type + 4 + length - begin, StandardCharsets.UTF_8));
      }
      at += AROUND_DATA + length;
    }
    return Optional.empty();
  }

  private static boolean startsWith(byte[] bytes, int from, byte[] beginning) {
    return bytes.length >= from + beginning.length
        && Arrays.equals(bytes, from, from + beginning.length, beginning, 0, beginning.length);
  }

  private static byte[] chunk(String credential) {
    ByteArrayOutputStream typeAndData = new ByteArrayOutputStream();
    typeAndData.writeBytes(BEGINNING);
    typeAndData.writeBytes(credential.getBytes(StandardCharsets.UTF_8));
    byte[] bytes = typeAndData.toByteArray();
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    return ByteBuffer.allocate(bytes.length + 8)
        .putInt(bytes.length - 4)
        .put(bytes)
        .putInt((int) checksum.getValue())
        .array();
  }
}
