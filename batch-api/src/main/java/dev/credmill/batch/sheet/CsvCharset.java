package dev.credmill.batch.sheet;

import dev.credmill.contracts.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The charsets that a CSV file may be in. A byte order mark decides; without one a file is UTF-8,
 * and letters of a name are never guessed: windows-1252 must be said, and even then is believed
 * only of a file that is not UTF-8, for hardly any text in windows-1252 is UTF-8 by chance.
 */
enum CsvCharset {
  UTF_8,
  UTF_16,
  WINDOWS_1252;

  private static final Charset WESTERN = Charset.forName("windows-1252");

  /** What the caller said; UTF-8 when nothing. */
  static CsvCharset said(String name) {
    if (name == null || name.isBlank()) {
      return UTF_8;
    }
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "utf-8", "utf8" -> UTF_8;
      case "utf-16", "utf-16le", "utf-16be", "utf16" -> UTF_16;
      case "windows-1252", "cp1252" -> WINDOWS_1252;
      default ->
          throw ProblemType.INVALID_PARAMETER.because(
              "charset is one of utf-8, utf-16 and windows-1252; in another charset the sheet must be saved as \"CSV UTF-8\" first");
    };
  }

  /** The charset to read a file with. */
  Charset decide(Path file, byte[] head) {
    Charset marked = marked(head);
    if (marked != null) {
      return marked;
    }
    return switch (this) {
      case UTF_8, UTF_16 -> StandardCharsets.UTF_8;
      case WINDOWS_1252 -> isUtf8(file) ? StandardCharsets.UTF_8 : WESTERN;
    };
  }

  /** The charset that a byte order mark tells, null without one. */
  static Charset marked(byte[] head) {
    if (FileKind.startsWith(head, 0xEF, 0xBB, 0xBF)) {
      return StandardCharsets.UTF_8;
    }
    if (FileKind.startsWith(head, 0xFF, 0xFE)) {
      return StandardCharsets.UTF_16LE;
    }
    return FileKind.startsWith(head, 0xFE, 0xFF) ? StandardCharsets.UTF_16BE : null;
  }

  /** The first characters, as well as they can be read. */
  static String text(byte[] head, Charset charset) {
    String text = new String(head, charset);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static boolean isUtf8(Path file) {
    CharsetDecoder decoder = CsvText.strict(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
    CharBuffer ignored = CharBuffer.allocate(64 * 1024);
    try (InputStream in = Files.newInputStream(file)) {
      while (true) {
        int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
        bytes.position(bytes.position() + Math.max(0, count)).flip();
        CoderResult result = decoder.decode(bytes, ignored.clear(), count < 0);
        if (result.isError() || count < 0) {
          return !result.isError();
        }
        bytes.compact();
      }
    } catch (IOException e) {
      throw new FileUnreachable(e);
    }
  }
}
