package dev.credmill.batch.sheet;

import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/**
 * Tells by its first bytes what a file is, and of everything that is no sheet what to do with it.
 */
enum FileKind {
  ZIP,
  TEXT;

  /** How many of a file's first bytes are looked at. */
  static final int HEAD = 64 * 1024;

  private static final String SAVE = " Save the sheet as XLSX or as \"CSV UTF-8\" and upload that.";
  private static final String[] MARKUP = {
    "<!doctype", "<html", "<head", "<body", "<?xml", "<table", "<!--", "<svg", "<workbook"
  };

  static FileKind of(Path file, byte[] head) {
    if (head.length == 0) {
      throw ProblemType.FILE_EMPTY.because(
          "Upload the sheet with its header row and one row for each recipient");
    }
    if (startsWith(head, 'P', 'K', 3, 4)) {
      return ZIP;
    }
    if (startsWith(head, 0xD0, 0xCF, 0x11, 0xE0)) {
      throw ole2(file);
    }
    String document = binary(head);
    if (document != null) {
      throw ProblemType.FILE_TYPE_UNSUPPORTED.because("This is " + document + "." + SAVE);
    }
    Charset charset = CsvCharset.marked(head);
    mustNotBeMarkup(CsvCharset.text(head, charset == null ? StandardCharsets.UTF_8 : charset));
    if (startsWith(head, 0xFF, 0xFE, 0, 0) || (hasNul(head) && !isUtf16(charset))) {
      throw ProblemType.FILE_TYPE_UNSUPPORTED.because(
          "This is neither a workbook nor text (UTF-16 needs its byte order mark)." + SAVE);
    }
    return TEXT;
  }

  private static boolean isUtf16(Charset charset) {
    return charset != null && !charset.equals(StandardCharsets.UTF_8);
  }

  private static String binary(byte[] head) {
    if (startsWith(head, '%', 'P', 'D', 'F')) {
      return "a PDF document";
    }
    if (startsWith(head, 0x1F, 0x8B)) {
      return "a gzip file; unpack it first";
    }
    if (startsWith(head, 'P', 'K', 5, 6) || startsWith(head, 'P', 'K', 7, 8)) {
      return "an empty or divided ZIP archive";
    }
    if (startsWith(head, '7', 'z', 0xBC, 0xAF)
        || startsWith(head, 'R', 'a', 'r', '!', 0x1A)
        || startsWith(head, 0xFD, '7', 'z', 'X', 'Z')
        || startsWith(head, 0x28, 0xB5, 0x2F, 0xFD)) {
      return "an archive; unpack it first";
    }
    if (startsWith(head, 0x89, 'P', 'N', 'G')
        || startsWith(head, 0xFF, 0xD8, 0xFF)
        || startsWith(head, 'I', 'I', '*', 0)
        || startsWith(head, 'M', 'M', 0, '*')
        || (startsWith(head, 'G', 'I', 'F', '8') && hasNul(head))
        || (startsWith(head, 'R', 'I', 'F', 'F') && hasNul(head))) {
      return "an image";
    }
    return startsWith(head, '{', '\\', 'r', 't', 'f') ? "an RTF document" : null;
  }

  private static void mustNotBeMarkup(String head) {
    String start = head.substring(0, Math.min(head.length(), 200)).strip().toLowerCase(Locale.ROOT);
    for (String markup : MARKUP) {
      if (start.startsWith(markup)) {
        throw ProblemType.FILE_TYPE_UNSUPPORTED.because(
            "This is a web page or an XML document, whatever its name says. Open it in the spreadsheet program."
                + SAVE);
      }
    }
  }

  /** Old Excel files and encrypted new ones are both OLE2 containers. */
  private static ProblemException ole2(Path file) {
    try (POIFSFileSystem container = new POIFSFileSystem(file.toFile(), true)) {
      if (container.getRoot().hasEntryCaseInsensitive("EncryptedPackage")) {
        return ProblemType.FILE_TYPE_UNSUPPORTED.because(
            "This workbook is protected with a password. Remove the password in the spreadsheet program (File, Info, Protect Workbook), save it and upload it again");
      }
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // A damaged container gets the advice for the commoner kind.
    }
    return ProblemType.FILE_TYPE_UNSUPPORTED.because(
        "This is a workbook or document in a format older than 2007 (such as XLS)." + SAVE);
  }

  static boolean hasNul(byte[] head) {
    for (byte b : head) {
      if (b == 0) {
        return true;
      }
    }
    return false;
  }

  static boolean startsWith(byte[] head, int... magic) {
    if (head.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((head[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
