package dev.credmill.issuance.page;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A PNG that carries an Open Badge (Open Badges 3.0, 5.3.1.1): the credential with its proof stands
 * in an {@code iTXt} chunk, not compressed, right behind the header.
 */
final class BakedPng {
  private static final String KEYWORD = "openbadgecredential";
  private static final int SIGNATURE = 8;
  private static final int AROUND_DATA = 12; // length, type and checksum

  private BakedPng() {}

  /**
   * @param png a whole picture without such a chunk
   * @param credential its JSON
   */
  static byte[] of(byte[] png, String credential) {
    int afterHeader = SIGNATURE + AROUND_DATA + ByteBuffer.wrap(png).getInt(SIGNATURE);
    byte[] chunk = chunk(credential);
    return ByteBuffer.allocate(png.length + chunk.length)
        .put(png, 0, afterHeader)
        .put(chunk)
        .put(png, afterHeader, png.length - afterHeader)
        .array();
  }

  private static byte[] chunk(String credential) {
    ByteArrayOutputStream typeAndData = new ByteArrayOutputStream();
    typeAndData.writeBytes("iTXt".getBytes(StandardCharsets.US_ASCII));
    typeAndData.writeBytes(KEYWORD.getBytes(StandardCharsets.US_ASCII));
    // The keyword's end; neither compressed nor how; no language; no translated keyword.
    typeAndData.writeBytes(new byte[5]);
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
