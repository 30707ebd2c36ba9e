package dev.credmill.batch.sheet;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credmill.contracts.problem.ProblemType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SheetFormatTest {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final String SPREADSHEET =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

  @TempDir private Path folder;

  @Test
  void theFirstLineTellsTheDelimiter() throws IOException {
    assertThat(detect("a,b;c,d\n1;2;3;4")).isEqualTo(new SheetFormat.Csv(UTF_8, ','));
    assertThat(detect("a;b;\"c,d,e,f\"\n")).isEqualTo(new SheetFormat.Csv(UTF_8, ';'));
    assertThat(detect("a\tb\r1,2,3")).isEqualTo(new SheetFormat.Csv(UTF_8, '\t'));
    assertThat(detect("only one column\n")).isEqualTo(new SheetFormat.Csv(UTF_8, ','));
    assertThat(detect("sep=;\na,b,c;d\n")).isEqualTo(new SheetFormat.Csv(UTF_8, ';'));
    assertThat(detect("PK,Name\n")).isEqualTo(new SheetFormat.Csv(UTF_8, ','));
  }

  @Test
  void aByteOrderMarkTellsTheCharset() throws IOException {
    assertThat(detect("\uFEFFa;b".getBytes(UTF_8), null))
        .isEqualTo(new SheetFormat.Csv(UTF_8, ';'));
    assertThat(detect("\uFEFFa\tb".getBytes(UTF_16LE), null))
        .isEqualTo(new SheetFormat.Csv(UTF_16LE, '\t'));
    assertThat(detect("\uFEFFa;b".getBytes(UTF_16BE), "windows-1252"))
        .isEqualTo(new SheetFormat.Csv(UTF_16BE, ';'));
  }

  @Test
  void windows1252IsBelievedOnlyOfWhatIsNotUtf8() throws IOException {
    String text = "Name;City\n" + "Ada;London\n".repeat(10_000) + "Zoë;Köln\n";
    assertThat(detect(text.getBytes(WINDOWS_1252), "Windows-1252"))
        .isEqualTo(new SheetFormat.Csv(WINDOWS_1252, ';'));
    assertThat(detect(text.getBytes(UTF_8), "windows-1252"))
        .isEqualTo(new SheetFormat.Csv(UTF_8, ';'));
    assertThat(detect(text.getBytes(WINDOWS_1252), null))
        .isEqualTo(new SheetFormat.Csv(UTF_8, ';')); // and the row is named when it is read
  }

  @Test
  void anUnknownCharsetIsAnsweredWithTheKnownOnes() {
    assertThat(
            Read.problem(
                    ProblemType.INVALID_PARAMETER, () -> detect("a,b".getBytes(UTF_8), "latin1"))
                .detail())
        .contains("utf-8, utf-16 and windows-1252");
  }

  @Test
  void aWorkbookIsReadFromItsFirstVisibleWorksheet() throws IOException {
    Path file = folder.resolve("book");
    try (XSSFWorkbook book = new XSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      book.createSheet("Hidden");
      book.createSheet("Very hidden");
      book.createSheet("Recipients");
      book.createSheet("Notes");
      book.setActiveSheet(2);
      book.setSheetHidden(0, true);
      book.setSheetVisibility(1, org.apache.poi.ss.usermodel.SheetVisibility.VERY_HIDDEN);
      book.write(out);
    }
    assertThat(SheetFormat.detect(file, null, Limits.DEFAULT))
        .isEqualTo(new SheetFormat.Xlsx("Recipients"));
  }

  @Test
  void aFileThatIsNotThereIsNoFaultOfTheFile() {
    assertThatThrownBy(() -> SheetFormat.detect(folder.resolve("gone"), null, Limits.DEFAULT))
        .isInstanceOf(FileUnreachable.class);
  }

  @Test
  void anEmptyFileIsCalledEmpty() {
    Read.problem(ProblemType.FILE_EMPTY, () -> detect(new byte[0], null));
  }

  @Test
  void anOldWorkbookIsToldFromAnEncryptedOne() throws Exception {
    ByteArrayOutputStream old = new ByteArrayOutputStream();
    try (HSSFWorkbook book = new HSSFWorkbook()) {
      book.createSheet("x");
      book.write(old);
    }
    ByteArrayOutputStream encrypted = new ByteArrayOutputStream();
    try (POIFSFileSystem container = new POIFSFileSystem()) {
      EncryptionInfo info = new EncryptionInfo(EncryptionMode.agile);
      info.getEncryptor().confirmPassword("secret");
      try (OutputStream out = info.getEncryptor().getDataStream(container)) {
        out.write(new byte[1_000]);
      }
      container.writeFilesystem(encrypted);
    }
    assertThat(refusal(old.toByteArray())).contains("XLS").contains("Save the sheet as XLSX");
    assertThat(refusal(encrypted.toByteArray())).contains("Remove the password");
    assertThat(refusal(java.util.Arrays.copyOf(old.toByteArray(), 600))).contains("XLS");
  }

  @Test
  void everyOtherKindOfFileIsRefusedWithAdvice() {
    assertThat(refusal("%PDF-1.7 ...".getBytes(UTF_8))).contains("PDF");
    assertThat(refusal("{\\rtf1 ...".getBytes(UTF_8))).contains("RTF");
    assertThat(refusal("  <!DOCTYPE html><table>".getBytes(UTF_8))).contains("web page");
    assertThat(refusal("\uFEFF<html><table>".getBytes(UTF_8))).contains("web page");
    assertThat(refusal("\uFEFF<html><table>".getBytes(UTF_16LE))).contains("web page");
    assertThat(refusal("<?xml version='1.0'?><Workbook/>".getBytes(UTF_8))).contains("XML");
    assertThat(refusal(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10})).contains("image");
    assertThat(refusal(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0})).contains("image");
    assertThat(refusal(new byte[] {0x1F, (byte) 0x8B, 8, 0})).contains("gzip");
    assertThat(refusal(new byte[] {'P', 'K', 5, 6, 0, 0})).contains("empty");
    assertThat(refusal(new byte[] {'a', ',', 0, 'b'})).contains("neither a workbook nor text");
    assertThat(refusal(new byte[] {'a', 0, 'b', 0})).contains("neither a workbook nor text");
  }

  @Test
  void everyOtherKindOfArchiveIsRefusedWithAdvice() {
    assertThat(
            refusal(
                new Zip()
                    .part("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
                    .part("content.xml", "<x/>")
                    .bytes()))
        .contains("ODS");
    assertThat(refusal(new Zip().part("people.csv", "a,b").bytes())).contains("unpack the archive");
    assertThat(refusal(office("application/vnd.ms-excel.sheet.macroEnabled.main+xml").bytes()))
        .contains("macros");
    assertThat(refusal(office("application/vnd.ms-excel.template.macroEnabled.main+xml").bytes()))
        .contains("macros");
    assertThat(refusal(office(SPREADSHEET).part("xl/vbaProject.bin", "x").bytes()))
        .contains("macros");
    assertThat(refusal(office("application/vnd.ms-excel.sheet.binary.macroEnabled.main").bytes()))
        .contains("XLSB");
    assertThat(
            refusal(
                office(
                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")
                    .bytes()))
        .contains("document");
    assertThat(
            refusal(
                office(
                        "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml")
                    .bytes()))
        .contains("presentation");
  }

  @Test
  void aWorkbookWithNothingToSeeIsRefusedWithAdvice() {
    byte[] hidden =
        Zip.workbook("<sheetData/>")
            .part(
                "xl/workbook.xml",
                Zip.MAIN.formatted(
                    "workbook",
                    "<sheets><sheet name='A' sheetId='1' state='hidden' r:id='rId1'/></sheets>"))
            .bytes();
    assertThat(Read.problem(ProblemType.FILE_MALFORMED, () -> detect(hidden, null)).detail())
        .startsWith("The workbook has no visible worksheet");
  }

  /** An office file whose main part is of a type. */
  private static Zip office(String type) {
    return Zip.workbook("<sheetData/>").part("[Content_Types].xml", Zip.types(type));
  }

  private String refusal(byte[] bytes) {
    return Read.problem(ProblemType.FILE_TYPE_UNSUPPORTED, () -> detect(bytes, null)).detail();
  }

  private SheetFormat detect(String text) {
    return detect(text.getBytes(UTF_8), null);
  }

  private SheetFormat detect(byte[] bytes, String charset) {
    try {
      return SheetFormat.detect(
          Files.write(folder.resolve("file"), bytes), charset, Limits.DEFAULT);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
