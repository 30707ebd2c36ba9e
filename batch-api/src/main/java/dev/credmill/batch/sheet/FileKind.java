package dev.credmill.batch.sheet;

import dev.credmill.contracts.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Tells by its first bytes what a file is; names and media types of uploads say nothing reliable.
 */
public final class FileKind {
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] OLE2 = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};
  private static final byte[] PDF = {'%', 'P', 'D', 'F'};
  private static final String[] MARKUP = {"<!doctype", "<html", "<?xml", "<table", "{\\rtf"};

  private FileKind() {}

  /** Passes only what can be CSV text, and says of everything else what to do with it. */
  public static void mustBeCsv(byte[] head) {
    if (head.length == 0) {
      throw ProblemType.FILE_EMPTY.because(
          "Upload the sheet with its header row and one row for each recipient");
    }
    if (startsWith(head, ZIP)) {
      throw ProblemType.FILE_TYPE_UNSUPPORTED.because(
          "This is an XLSX workbook or another ZIP file. In the spreadsheet program choose \"Save as: CSV UTF-8\" and upload that file");
    }
    if (startsWith(head, OLE2)) {
      throw ProblemType.FILE_TYPE_UNSUPPORTED.because(
          "This is an old XLS workbook or an encrypted one. In the spreadsheet program choose \"Save as: CSV UTF-8\" and upload that file");
    }
    if (startsWith(head, PDF)) {
      throw ProblemType.FILE_TYPE_UNSUPPORTED.because(
          "This is a PDF document. Upload the sheet itself as CSV UTF-8");
    }
    if (utf16(head)) {
      throw ProblemType.FILE_NOT_UTF8.because(
          "This is UTF-16 text. In the spreadsheet program choose \"Save as: CSV UTF-8\" and upload that file");
    }
    for (byte b : head) {
      if (b == 0) {
        throw ProblemType.FILE_TYPE_UNSUPPORTED.because(
            "This is no text. Upload the sheet as CSV UTF-8");
      }
    }
    String start =
        new String(head, 0, Math.min(head.length, 64), StandardCharsets.UTF_8)
            .strip()
            .toLowerCase(Locale.ROOT);
    for (String markup : MARKUP) {
      if (start.startsWith(markup)) {
        throw ProblemType.FILE_TYPE_UNSUPPORTED.because(
            "This is a web page or another document, whatever its name says. Upload the sheet as CSV UTF-8");
      }
    }
  }

  private static boolean utf16(byte[] head) {
    return head.length > 1
        && ((head[0] == (byte) 0xFF && head[1] == (byte) 0xFE)
            || (head[0] == (byte) 0xFE && head[1] == (byte) 0xFF));
  }

  private static boolean startsWith(byte[] head, byte[] magic) {
    return head.length >= magic.length
        && java.util.Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
  }
}
