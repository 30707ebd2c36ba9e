package dev.credmill.batch.sheet;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** UTF-8 without mercy: what is not UTF-8 is an error, never a replacement character in a name. */
final class Utf8 {
  private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private Utf8() {}

  static Reader strictly(InputStream file) {
    return new InputStreamReader(
        withoutBom(file),
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  private static InputStream withoutBom(InputStream file) {
    try {
      PushbackInputStream in = new PushbackInputStream(file, BOM.length);
      byte[] head = in.readNBytes(BOM.length);
      if (!java.util.Arrays.equals(head, BOM)) {
        in.unread(head);
      }
      return in;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
