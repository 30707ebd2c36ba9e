package dev.credmill.batch.sheet;

import static dev.credmill.batch.sheet.HostileFile.csv;
import static dev.credmill.batch.sheet.HostileFile.xlsx;
import static dev.credmill.contracts.problem.ProblemType.FILE_EMPTY;
import static dev.credmill.contracts.problem.ProblemType.FILE_MALFORMED;
import static dev.credmill.contracts.problem.ProblemType.FILE_NOT_UTF8;
import static dev.credmill.contracts.problem.ProblemType.FILE_TYPE_UNSUPPORTED;
import static dev.credmill.contracts.problem.ProblemType.SHEET_HEADER_MISMATCH;
import static dev.credmill.contracts.problem.ProblemType.SHEET_LIMIT_EXCEEDED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.credmill.batch.sheet.HostileFile.Outcome.Refused;
import dev.credmill.batch.sheet.HostileFile.Outcome.Rejected;
import dev.credmill.batch.sheet.HostileFile.Outcome.Taken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/** Every kind of hostile file that we know of, each with what must become of it. */
final class HostileFiles {
  /** Stands in cells everywhere, and may stand nowhere else. */
  static final String MARKER = "Zwiebelfisch";

  private static final int MEGABYTE = 1 << 20;
  private static final String CONTENT_TYPES = "[Content_Types].xml";
  private static final String ROOT_RELATIONS = "_rels/.rels";
  private static final String WORKBOOK = "xl/workbook.xml";
  private static final String RELATIONS = "xl/_rels/workbook.xml.rels";
  private static final String STYLES = "xl/styles.xml";
  private static final String STRINGS = "xl/sharedStrings.xml";
  private static final String SHEET = "xl/worksheets/sheet1.xml";
  private static final List<String> PARTS =
      List.of(CONTENT_TYPES, ROOT_RELATIONS, WORKBOOK, RELATIONS, STYLES, STRINGS, SHEET);
  private static final String HEADER = "First Name,Last Name,Degree,Notes\n";
  private static final String ROW = "Ada," + MARKER + ",BSc,\n";
  private static final String SHEET_HEADER =
      "<row r='1'>" + text("First Name") + text("Degree") + "<c t='s'><v>0</v></c></row>";
  private static final String SHEET_ROW =
      "<row r='2'>" + text(MARKER) + text("BSc") + "<c t='s'><v>1</v></c></row>";
  private static final byte[] BLANKS = filled(' ');
  private static final byte[] QUOTES = filled('"');
  private static final byte[] LETTERS = letters();

  private HostileFiles() {}

  static List<HostileFile> all() {
    return Stream.of(
            archives(), documentTypes(), xml(), cells(), kinds(), texts(), headers(), harmless())
        .flatMap(List::stream)
        .toList();
  }

  /** Those that take the service longest. */
  static List<HostileFile> slow() {
    List<String> slow =
        List.of(
            "two million texts before the header",
            "a quoted text of 40 MB, later",
            "a cell of 40 MB behind the first recipient",
            "8 million quotes, each in its line",
            "three million blank lines");
    return all().stream()
        .filter(file -> slow.contains(file.name()))
        .flatMap(file -> Stream.of(file, file))
        .toList();
  }

  /** Archives that unpack to more than they should, or to something else than they say. */
  private static List<HostileFile> archives() {
    byte[] good = good().bytes();
    return List.of(
        xlsx(
            "a bomb in the header",
            new Refused(SHEET_LIMIT_EXCEEDED),
            good().part(SHEET, worksheet("<row r='1'>", times(60, BLANKS), "</row>"))),
        xlsx(
            "a bomb behind the first recipient",
            new Rejected(SHEET_LIMIT_EXCEEDED),
            good()
                .part(
                    SHEET,
                    worksheet(SHEET_HEADER + SHEET_ROW + "<row>", times(60, BLANKS), "</row>"))),
        xlsx(
            "a bomb of 900 entries",
            new Refused(SHEET_LIMIT_EXCEEDED),
            out -> copies(900, times(3, BLANKS), out)),
        xlsx(
            "60,000 entries",
            new Refused(SHEET_LIMIT_EXCEEDED),
            out -> copies(60_000, bytes("x"), out)),
        xlsx("entries that share their bytes", new Refused(FILE_MALFORMED), bytes(overlapping())),
        xlsx(
            "archives within an archive",
            new Refused(FILE_TYPE_UNSUPPORTED),
            new Zip().part("a.xlsx", good).part("b.zip", new Zip().part("c", good).bytes())),
        xlsx(
            "a size that is said too small",
            new Refused(FILE_MALFORMED),
            bytes(saying(good, SHEET, 24, 300))),
        xlsx(
            "a size that is said too large",
            new Rejected(FILE_MALFORMED),
            bytes(saying(good, SHEET, 24, 1_000_000_000))),
        xlsx(
            "a size of four gigabytes",
            new Refused(SHEET_LIMIT_EXCEEDED),
            bytes(saying(good, SHEET, 24, -2))),
        xlsx(
            "a list of texts that is a bomb",
            new Refused(SHEET_LIMIT_EXCEEDED),
            good().part(STRINGS, strings(times(60, BLANKS)))),
        xlsx(
            "a list of texts that are all one letter",
            new Refused(SHEET_LIMIT_EXCEEDED),
            good()
                .part(STRINGS, strings(times(40_000, "<si><t>" + "a".repeat(1000) + "</t></si>")))
                .part(SHEET, worksheet("<row><c t='s'><v>39999</v></c></row>"))),
        xlsx(
            "two million texts before the header",
            new Refused(SHEET_HEADER_MISMATCH),
            good()
                .part(STRINGS, strings(HostileFiles::twoMillionTexts))
                .part(SHEET, worksheet("<row><c t='s'><v>1999999</v></c></row>" + SHEET_ROW))),
        xlsx(
            "a list of contents that is a bomb",
            new Refused(SHEET_LIMIT_EXCEEDED),
            good().part(CONTENT_TYPES, all(times(60, BLANKS)))),
        xlsx(
            "a list of relations that is a bomb",
            new Refused(SHEET_LIMIT_EXCEEDED),
            good().part(RELATIONS, all(times(60, BLANKS)))),
        xlsx(
            "a name that leads out of the archive",
            new Taken("READY", 1),
            good().part("../../../../../../tmp/credmill-escaped.xml", "<x/>")),
        xlsx(
            "a cut-off archive",
            new Refused(FILE_MALFORMED),
            bytes(Arrays.copyOf(good, good.length / 2))),
        xlsx(
            "an archive with something behind it",
            new Refused(FILE_MALFORMED),
            bytes(Arrays.copyOf(good, good.length + 100))),
        xlsx("an empty archive", new Refused(FILE_TYPE_UNSUPPORTED), bytes(new Zip().bytes())));
  }

  /** Document types, which read files, ask the network, and multiply: in every part. */
  private static List<HostileFile> documentTypes() {
    StringBuilder laughs = new StringBuilder("<!DOCTYPE x [<!ENTITY a0 'ha'>");
    for (int i = 1; i < 40; i++) {
      laughs.append("<!ENTITY a%d '&a%d;&a%d;'>".formatted(i, i - 1, i - 1));
    }
    List<HostileFile> files = new ArrayList<>();
    for (String part : PARTS) {
      Refused refused = new Refused(FILE_MALFORMED);
      files.add(
          xlsx(
              "a file of the server in " + part,
              refused,
              good().typed(part, "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>")));
      files.add(
          xlsx(
              "a document type from elsewhere in " + part,
              refused,
              good().typed(part, "<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'>")));
      files.add(xlsx("laughter in " + part, refused, good().part(part, laughs + "]><x>&a39;</x>")));
    }
    files.add(
        xlsx(
            "a document type in UTF-16",
            new Refused(FILE_MALFORMED),
            good()
                .part(
                    SHEET,
                    "<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"
                        .getBytes(UTF_16))));
    return files;
  }

  /** XML that is too much of something. */
  private static List<HostileFile> xml() {
    StringBuilder attributes = new StringBuilder("<row");
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 300_000; i++) {
      attributes.append(" a").append(i).append("=''");
      names.append("<n").append(i).append("/>");
    }
    return List.of(
        xlsx(
            "elements within elements",
            new Refused(FILE_MALFORMED),
            good().part(SHEET, worksheet("<a>".repeat(1_000_000)))),
        xlsx(
            "relations within relations",
            new Refused(FILE_MALFORMED),
            good().part(ROOT_RELATIONS, "<a>".repeat(100_000))),
        xlsx(
            "300,000 attributes",
            new Refused(FILE_MALFORMED),
            good().part(SHEET, worksheet(attributes + "/>"))),
        xlsx(
            "300,000 names",
            new Refused(SHEET_LIMIT_EXCEEDED),
            good().part(SHEET, worksheet("<row>" + names + "</row>"))),
        xlsx(
            "a comment of 40 MB",
            new Refused(SHEET_LIMIT_EXCEEDED),
            good().part(SHEET, worksheet("<!--", times(40, LETTERS), "-->"))),
        xlsx(
            "XML that is not UTF-8",
            new Refused(FILE_MALFORMED),
            good().part(SHEET, latin(Zip.MAIN.formatted("worksheet", "<sheetData><row>\u00e9")))),
        xlsx(
            "a worksheet that is somewhere else",
            new Refused(FILE_MALFORMED),
            good()
                .part(
                    RELATIONS,
                    Zip.relations("worksheet", "http://127.0.0.1:9/sheet1.xml")
                        .replace("Target=", "TargetMode=\"External\" Target="))));
  }

  /** Cells and rows that are elsewhere, too long or nothing. */
  private static List<HostileFile> cells() {
    return List.of(
        xlsx(
            "100,000 columns",
            new Refused(SHEET_LIMIT_EXCEEDED),
            rows("<row>" + text("x").repeat(100_000) + "</row>" + SHEET_ROW)),
        xlsx(
            "a cell of 40 MB in the header",
            new Refused(SHEET_LIMIT_EXCEEDED),
            good()
                .part(
                    SHEET,
                    worksheet(
                        "<row><c t='inlineStr'><is><t>",
                        times(40, LETTERS),
                        "</t></is></c></row>"))),
        xlsx(
            "a cell of 40 MB behind the first recipient",
            new Rejected(SHEET_LIMIT_EXCEEDED),
            good()
                .part(
                    SHEET,
                    worksheet(
                        SHEET_HEADER + SHEET_ROW + "<row><c t='str'><v>",
                        times(40, LETTERS),
                        "</v></c></row>"))),
        xlsx(
            "a shared text of 40 MB",
            new Refused(SHEET_LIMIT_EXCEEDED),
            good().part(STRINGS, strings(in("<si><t>", times(40, LETTERS), "</t></si>")))),
        refusedRow("a cell beyond the last column", "<row r='2'><c r='XFE2'><v>1</v></c></row>"),
        refusedRow("a cell in another row", "<row r='2'><c r='A1048577'><v>1</v></c></row>"),
        refusedRow("cells that go backwards", "<row r='2'><c r='B2'/><c r='A2'/></row>"),
        refusedRow("a text of an absurd number", index("4294967295")),
        refusedRow("a text of the last number", index("2147483647")),
        refusedRow("a text of a negative number", index("-1")),
        refusedRow("row 1,048,577", "<row r='1048577'/>"),
        refusedRow("a negative row", "<row r='-1'/>"),
        refusedRow("a row that was there", "<row r='1'/>"),
        refusedRow("a number that is none", "<row r='2'><c><v>" + MARKER + "</v></c></row>"),
        refusedRow("a number beyond all bounds", "<row r='2'><c><v>1e999</v></c></row>"),
        refusedRow("an escaped NUL", "<row r='2'>" + text(MARKER + "_x0000_") + "</row>"),
        xlsx(
            "a cell beyond the last column, later",
            new Rejected(FILE_MALFORMED),
            rows(SHEET_HEADER + SHEET_ROW + "<row><c r='XFE3'/></row>")),
        xlsx(
            "a workbook whose only sheet is hidden",
            new Refused(FILE_MALFORMED),
            good()
                .part(
                    WORKBOOK,
                    Zip.MAIN.formatted(
                        "workbook",
                        "<sheets><sheet name='x' sheetId='1' state='veryHidden' r:id='rId1'/></sheets>"))));
  }

  /** What is no sheet at all. */
  private static List<HostileFile> kinds() {
    Refused refused = new Refused(FILE_TYPE_UNSUPPORTED);
    String type = "application/vnd.ms-excel.sheet.";
    return List.of(
        xlsx(
            "a workbook with macros",
            refused,
            good().part(CONTENT_TYPES, Zip.types(type + "macroEnabled.main+xml"))),
        xlsx("macros under another name", refused, good().part("xl/vbaProject.bin", "x")),
        xlsx(
            "a binary workbook",
            refused,
            good().part(CONTENT_TYPES, Zip.types(type + "binary.macroEnabled.main"))),
        xlsx("an encrypted workbook", refused, HostileFiles::encrypted),
        xlsx("a workbook of 1997", refused, HostileFiles::old),
        xlsx(
            "a damaged container",
            refused,
            bytes(concat(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0}, LETTERS))),
        xlsx(
            "an OpenDocument sheet",
            refused,
            new Zip()
                .part("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
                .part("content.xml", "<x>" + MARKER + "</x>")),
        xlsx(
            "a web page",
            refused,
            bytes("<html><table><tr><td>" + MARKER + "</td></tr></table></html>")),
        xlsx("a PDF", refused, bytes("%PDF-1.7 " + MARKER)),
        xlsx("an image", refused, bytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10})),
        csv("a gzip bomb", refused, HostileFiles::gzip),
        csv("nothing", new Refused(FILE_EMPTY), bytes("")),
        csv("a byte order mark alone", new Refused(FILE_EMPTY), bytes("\uFEFF")),
        csv("UTF-16 that does not say so", refused, bytes((HEADER + ROW).getBytes(UTF_16LE))),
        csv("NUL bytes", refused, bytes(HEADER + "Ada,\0" + MARKER)),
        csv("nothing but NUL bytes", refused, times(16, filled(0))));
  }

  /** CSV that is broken or without end. */
  private static List<HostileFile> texts() {
    String many = HEADER + ROW.repeat(5_000);
    return List.of(
        csv(
            "100,000 columns of text",
            new Refused(SHEET_LIMIT_EXCEEDED),
            bytes("a,".repeat(100_000) + "a\n" + ROW)),
        csv(
            "a header of 1 MB",
            new Refused(SHEET_LIMIT_EXCEEDED),
            in("First Name,", bytes(LETTERS), "\n" + ROW)),
        csv(
            "a text of 40 MB",
            new Refused(SHEET_LIMIT_EXCEEDED),
            in(HEADER + "Ada,", times(40, LETTERS), ",BSc\n")),
        csv(
            "a quoted text of 40 MB, later",
            new Rejected(SHEET_LIMIT_EXCEEDED),
            in(HEADER + ROW + "\"Ada", times(40, LETTERS), "\",,BSc\n")),
        csv("16 million quotes", new Refused(SHEET_LIMIT_EXCEEDED), times(16, QUOTES)),
        csv(
            "16 million quotes, later",
            new Rejected(SHEET_LIMIT_EXCEEDED),
            in(HEADER + ROW, times(16, QUOTES), "")),
        csv(
            "8 million quotes, each in its line",
            new Rejected(SHEET_LIMIT_EXCEEDED),
            in(HEADER + ROW, times(8_000_000, "\"\n"), "")),
        csv("a quote that nobody closes", new Refused(FILE_MALFORMED), bytes(HEADER + "\"Ada\n")),
        csv(
            "text behind a quoted cell",
            new Refused(FILE_MALFORMED),
            bytes(HEADER + "\"Ada\"" + MARKER + ",,BSc\n")),
        csv("bytes that are not UTF-8", new Refused(FILE_NOT_UTF8), latin(HEADER + "Ad\u00e9,,B")),
        csv(
            "bytes that are not UTF-8, later",
            new Rejected(FILE_NOT_UTF8),
            latin(many + MARKER + "\u00e9,,BSc\n")),
        csv(
            "windows-1252 that does not say so",
            new Refused(FILE_NOT_UTF8),
            bytes((HEADER + "Jos\u00e9,\u20ac,BSc\n").getBytes(Charset.forName("windows-1252")))),
        csv(
            "a NUL, later",
            new Rejected(FILE_MALFORMED),
            bytes(many + "Ada," + MARKER + "\0,BSc\n")),
        csv(
            "a million blank lines before the header",
            new Refused(FILE_EMPTY),
            in("", times(1_000_000, "\n"), HEADER + ROW)),
        csv(
            "three million blank lines",
            new Rejected(SHEET_LIMIT_EXCEEDED),
            in(HEADER, times(3_000_000, "\n"), ROW)));
  }

  /** Headers that look like ours, or that want to be the platform's. */
  private static List<HostileFile> headers() {
    List<HostileFile> files = new ArrayList<>();
    for (String heading :
        List.of(
            "Degree",
            " DEGREE ",
            "D\u0435gree",
            "\u202EeergeD",
            "Degree\u200B",
            "Degree\u00A0",
            "id",
            "issuer",
            "proof",
            "__proto__",
            "constructor",
            "@context",
            "credentialStatus",
            "credentialSubject",
            "Cred_URL",
            "=HYPERLINK(1)",
            "<script>",
            "'; drop table row; --")) {
      files.add(
          csv(
              "a further column " + visible(heading),
              new Refused(SHEET_HEADER_MISMATCH),
              bytes("First Name,Degree," + heading + "\n" + MARKER + ",BSc,x\n")));
    }
    return files;
  }

  /** What looks hostile and must be read, or is hostile to others only. */
  private static List<HostileFile> harmless() {
    Taken one = new Taken("READY", 1);
    return List.of(
        csv(
            "lone carriage returns",
            new Taken("READY", 2),
            bytes((HEADER + ROW + ROW).replace('\n', '\r'))),
        csv("a million blank lines", one, in(HEADER, times(1_000_000, "\n"), ROW)),
        csv("formulas", one, bytes(HEADER + "=cmd|' /C calc'!A0,@SUM(1),+BSc,-1+1\n")),
        csv("an inch sign", one, bytes(HEADER + "Ada,5\" " + MARKER + ",BSc,6\"\n")),
        csv(
            "characters that are none",
            one,
            bytes(HEADER + "Ada,\uFFFE\uFDD0\uFFFF,BSc,\uD83D\uDE00\n")),
        csv(
            "text that runs backwards",
            one,
            bytes(HEADER + "\u202Eada,\u2066" + MARKER + ",BSc,\n")),
        csv(
            "control characters",
            new Taken("NEEDS_FIXES", 1),
            bytes(HEADER + "A\u0007da," + MARKER + "\u001B[2J,BSc,\n")),
        csv(
            "a name of 60,000 letters",
            new Taken("NEEDS_FIXES", 1),
            bytes(HEADER + MARKER.repeat(5_000) + ",,BSc,\n")),
        csv(
                "platform columns among several definitions",
                one,
                bytes(
                    "ID,First Name,Degree,issuer,proof,__proto__,@context,credentialStatus\n"
                        + "diploma,Ada,BSc,did:web:evil.example,x,x,x,x\n"))
            .withParts("label", "several"),
        xlsx(
            "formulas in a workbook",
            one,
            rows(
                SHEET_HEADER
                    + "<row r='2'>"
                    + text("=cmd|' /C calc'!A0")
                    + "<c t='str'><f>WEBSERVICE(\"http://127.0.0.1:9/\")</f><v>BSc</v></c></row>")),
        xlsx(
            "half a character, escaped",
            one,
            rows(SHEET_HEADER + "<row r='2'>" + text("Ada _xD83D_") + text("BSc") + "</row>")),
        xlsx(
            "control characters, escaped",
            new Taken("NEEDS_FIXES", 1),
            rows(SHEET_HEADER + "<row r='2'>" + text("A_x0007_da") + text("BSc") + "</row>")),
        xlsx(
            "the last row",
            new Taken("READY", 2),
            rows(
                SHEET_HEADER
                    + SHEET_ROW
                    + "<row r='1048576'>"
                    + text("Ada")
                    + text("BSc")
                    + "</row>")));
  }

  // workbooks

  private static Zip good() {
    return rows(SHEET_HEADER + SHEET_ROW);
  }

  private static Zip rows(String rows) {
    return Zip.workbook("<sheetData>" + rows + "</sheetData>")
        .part(
            STRINGS,
            Zip.MAIN.formatted("sst", "<si><t>Notes</t></si><si><t>" + MARKER + "</t></si>"));
  }

  private static HostileFile refusedRow(String name, String row) {
    return xlsx(name, new Refused(FILE_MALFORMED), rows(SHEET_HEADER + row));
  }

  private static String index(String number) {
    return "<row r='2'><c t='s'><v>" + number + "</v></c></row>";
  }

  private static String text(String text) {
    return "<c t='str'><v>" + text + "</v></c>";
  }

  private static Zip.Content worksheet(String rows) {
    return worksheet(rows, bytes(""), "");
  }

  private static Zip.Content worksheet(String before, Zip.Content content, String after) {
    String open = "<worksheet xmlns='" + Zip.NAMESPACE + "'><sheetData>";
    return in(open + before, content, after + "</sheetData></worksheet>");
  }

  private static Zip.Content strings(Zip.Content content) {
    return in("<sst xmlns='" + Zip.NAMESPACE + "'>", content, "</sst>");
  }

  private static void twoMillionTexts(OutputStream out) throws IOException {
    Random random = new Random(2);
    for (int i = 0; i < 2_000_000; i++) {
      out.write(("<si><t>" + random.nextInt() + "</t></si>").getBytes(UTF_8));
    }
  }

  /** A good workbook, and that many more entries that were compressed once. */
  private static void copies(int entries, Zip.Content content, OutputStream out)
      throws IOException {
    byte[] one = good().part("copy", content).bytes();
    try (ZipFile from = ZipFile.builder().setByteArray(one).get();
        ZipArchiveOutputStream to = new ZipArchiveOutputStream(out)) {
      for (ZipArchiveEntry entry : Collections.list(from.getEntries())) {
        for (int i = entry.getName().equals("copy") ? entries : 1; i > 0; i--) {
          ZipArchiveEntry copy = new ZipArchiveEntry(entry.getName() + (i == 1 ? "" : i));
          copy.setMethod(entry.getMethod());
          copy.setSize(entry.getSize());
          copy.setCompressedSize(entry.getCompressedSize());
          copy.setCrc(entry.getCrc());
          to.addRawArchiveEntry(copy, from.getRawInputStream(entry));
        }
      }
    }
  }

  private static byte[] overlapping() {
    byte[] zip = good().part("copy", LETTERS).bytes();
    int first = listed(zip, SHEET);
    return saying(
        zip, "copy", 42, ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).getInt(first + 42));
  }

  /** The archive with another number in an entry of its list. */
  private static byte[] saying(byte[] zip, String entry, int field, int number) {
    byte[] changed = zip.clone();
    ByteBuffer.wrap(changed)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(listed(zip, entry) + field, number);
    return changed;
  }

  /** Where the list of an archive has an entry. */
  private static int listed(byte[] zip, String name) {
    byte[] search = name.getBytes(UTF_8);
    int at = zip.length - search.length;
    while (!Arrays.equals(zip, at, at + search.length, search, 0, search.length)) {
      at--;
    }
    return at - 46;
  }

  private static void encrypted(OutputStream out) throws IOException {
    Encryptor encryptor = new EncryptionInfo(EncryptionMode.agile).getEncryptor();
    encryptor.confirmPassword("secret");
    try (POIFSFileSystem container = new POIFSFileSystem()) {
      try (OutputStream content = encryptor.getDataStream(container)) {
        content.write(good().bytes());
      }
      container.writeFilesystem(out);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static void old(OutputStream out) throws IOException {
    try (HSSFWorkbook workbook = new HSSFWorkbook()) {
      workbook.createSheet().createRow(0).createCell(0).setCellValue(MARKER);
      workbook.write(out);
    }
  }

  // contents

  private static Zip.Content bytes(String text) {
    return bytes(text.getBytes(UTF_8));
  }

  private static Zip.Content bytes(byte[] content) {
    return out -> out.write(content);
  }

  private static Zip.Content latin(String text) {
    return bytes(text.getBytes(ISO_8859_1));
  }

  private static Zip.Content all(Zip.Content... contents) {
    return out -> {
      for (Zip.Content content : contents) {
        content.to(out);
      }
    };
  }

  private static Zip.Content in(String before, Zip.Content content, String after) {
    return all(bytes(before), content, bytes(after));
  }

  private static Zip.Content times(int times, String text) {
    return times(times, text.getBytes(UTF_8));
  }

  private static Zip.Content times(int times, byte[] content) {
    return out -> {
      for (int i = 0; i < times; i++) {
        out.write(content);
      }
    };
  }

  private static void gzip(OutputStream out) throws IOException {
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      times(100, BLANKS).to(zip);
    }
  }

  private static byte[] concat(byte[] first, byte[] second) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(first);
    bytes.writeBytes(second);
    return bytes.toByteArray();
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[MEGABYTE];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** Letters that hardly compress. */
  private static byte[] letters() {
    Random random = new Random(1);
    byte[] letters = new byte[MEGABYTE];
    for (int i = 0; i < letters.length; i++) {
      letters[i] = (byte) ('a' + random.nextInt(26));
    }
    return letters;
  }

  /** Letters that nobody sees, as their numbers. */
  private static String visible(String heading) {
    StringBuilder visible = new StringBuilder();
    heading.chars().forEach(c -> visible.append(c < 127 ? "" + (char) c : "\\u%04X".formatted(c)));
    return visible.toString();
  }
}
