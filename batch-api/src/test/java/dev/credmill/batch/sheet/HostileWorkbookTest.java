package dev.credmill.batch.sheet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credmill.batch.BatchConfig;
import dev.credmill.contracts.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each of these files ends soon, with a problem that says what is wrong, and leaves nothing. */
@Timeout(20)
class HostileWorkbookTest {
  private static final String SHEET = "xl/worksheets/sheet1.xml";
  private static final String STRINGS = "xl/sharedStrings.xml";
  private static final int MEGABYTE = 1 << 20;
  private static final byte[] BLANKS = " ".repeat(MEGABYTE).getBytes(US_ASCII);

  /** Held, or its level would be forgotten. POI logs each of these files as a calamity. */
  private static final Logger POI = Logger.getLogger("org.apache.poi");

  static {
    POI.setLevel(Level.OFF);
  }

  @TempDir private Path folder;
  private Path temporary;

  @BeforeEach
  void makeTheTemporaryFolder() throws IOException {
    temporary = Files.createDirectory(folder.resolve("temporary"));
  }

  // the archive

  @Test
  void aBombOfOneEntryIsTooMuch() {
    Zip bomb =
        Zip.workbook("")
            .part(
                SHEET,
                out -> {
                  out.write(
                      ("<worksheet xmlns='" + Zip.NAMESPACE + "'><sheetData>").getBytes(UTF_8));
                  for (int i = 0; i < 300; i++) {
                    out.write("<row>".getBytes(UTF_8));
                    out.write(BLANKS);
                    out.write("</row>".getBytes(UTF_8));
                  }
                  out.write("</sheetData></worksheet>".getBytes(UTF_8));
                });
    assertThat(tooMuch(bomb)).contains("200 times its size");
  }

  @Test
  void aBombOfManyEntriesIsTooMuch() {
    Zip bomb = Zip.workbook("<sheetData><row/></sheetData>");
    for (int i = 0; i < 50; i++) {
      bomb.part("xl/media/" + i, BLANKS);
    }
    assertThat(tooMuch(bomb, "workbook.max-inflated", "20M")).contains("20971520 bytes");
  }

  @Test
  void tooManyEntriesAreTooMuch() {
    Zip crowd = Zip.workbook("<sheetData><row/></sheetData>");
    for (int i = 0; i < 1_000; i++) {
      crowd.part("xl/media/" + i, "x");
    }
    assertThat(tooMuch(crowd)).contains("more than 1000 entries");
  }

  @Test
  void aPartThatIsTooLargeIsTooMuch() {
    Zip large = Zip.workbook("<sheetData>" + "<row/>".repeat(5_000) + "</sheetData>");
    assertThat(tooMuch(large, "workbook.max-part", "20K")).contains("20480 bytes");
  }

  @Test
  void whatPoiHoldsWholeIsSmall() {
    String blanks = " ".repeat(2 * MEGABYTE);
    tooMuch(
        Zip.workbook("")
            .part("_rels/.rels", Zip.relations("officeDocument", "xl/workbook.xml") + blanks));
    tooMuch(Zip.workbook("").part("[Content_Types].xml", Zip.types("x") + blanks));
    tooMuch(
        Zip.workbook("")
            .part(
                "xl/_rels/workbook.xml.rels",
                Zip.relations("worksheet", "worksheets/sheet1.xml") + blanks));
    assertThat(
            tooMuch(
                Zip.workbook("")
                    .part(
                        "xl/styles.xml",
                        Zip.MAIN.formatted("styleSheet", "<!--" + letters(300_000) + "-->")),
                "workbook.max-styles",
                "100K"))
        .contains("102400 bytes");
  }

  @Test
  void twoEntriesOfOneNameAreMalformed() {
    byte[] zip = Zip.workbook("").part("xl/worksheets/sheet2.xml", "<x/>").bytes();
    assertThat(malformed(replaced(zip, "sheet2.xml", "SHEET1.xml"))).contains("same name");
  }

  @Test
  void anEncryptedEntryAsksForThePasswordToBeRemoved() {
    byte[] zip = Zip.workbook("").bytes();
    for (int at = 0; at < zip.length - 4; at++) {
      if (zip[at] == 'P' && zip[at + 1] == 'K' && zip[at + 2] == 1 && zip[at + 3] == 2) {
        zip[at + 8] |= 1;
      }
    }
    assertThat(problem(ProblemType.FILE_TYPE_UNSUPPORTED, zip)).contains("Remove the password");
  }

  @Test
  void entriesThatOverlapAreMalformed() {
    byte[] zip = Zip.workbook("<sheetData/>").bytes();
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    int first = indexOf(zip, new byte[] {'P', 'K', 1, 2}, 0);
    int second = indexOf(zip, new byte[] {'P', 'K', 1, 2}, first + 1);
    bytes.putInt(second + 42, bytes.getInt(first + 42));
    assertThat(malformed(zip)).contains("overlap");
  }

  @Test
  void aLyingSizeIsMalformed() {
    byte[] zip = Zip.workbook("<sheetData>" + "<row/>".repeat(100) + "</sheetData>").bytes();
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    int entry = lastIndexOf(zip, SHEET.getBytes(US_ASCII)) - 46;
    bytes.putInt(entry + 24, 300);
    assertThat(malformed(zip)).contains("more bytes than the archive says");
  }

  @Test
  void aWrongChecksumIsMalformed() {
    byte[] zip = Zip.workbook("<sheetData><row/></sheetData>").bytes();
    int entry = lastIndexOf(zip, SHEET.getBytes(US_ASCII)) - 46;
    zip[entry + 16] ^= 1;
    assertThat(malformed(zip)).contains("not those that were saved");
  }

  @Test
  void aFileThatIsCutOffOrWentOnIsMalformed() {
    byte[] zip = Zip.workbook("<sheetData><row/></sheetData>").bytes();
    for (int length = 4; length < zip.length; length += 7) {
      malformed(Arrays.copyOf(zip, length));
    }
    assertThat(malformed(Arrays.copyOf(zip, zip.length + 1))).contains("added at its end");
  }

  @Test
  void aListOfEntriesThatIsElsewhereIsMalformed() {
    byte[] zip = Zip.workbook("").bytes();
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    int end = zip.length - 22;
    bytes.putInt(end + 16, 0);
    malformed(zip);
    bytes.putInt(end + 16, -1);
    malformed(zip);
  }

  @Test
  void anyByteMayBeWrong() {
    byte[] good = Zip.workbook("<sheetData><row><c t='s'><v>1</v></c></row></sheetData>").bytes();
    Random random = new Random(4);
    for (int i = 0; i < 1_000; i++) {
      byte[] bad = good.clone();
      for (int j = random.nextInt(4); j >= 0; j--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      anyProblemOrNone(bad);
    }
  }

  // the XML

  @Test
  void aDocumentTypeIsRefusedInEveryPart() {
    String type =
        "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'><!ENTITY b '&a;&a;'>]><x>&b;</x>";
    for (String part :
        new String[] {
          SHEET,
          STRINGS,
          "xl/styles.xml",
          "xl/workbook.xml",
          "_rels/.rels",
          "[Content_Types].xml",
          "xl/_rels/workbook.xml.rels"
        }) {
      Zip zip =
          Zip.workbook("<sheetData><row><c t='s'><v>1</v></c></row></sheetData>").part(part, type);
      assertThat(malformed(zip)).as(part).doesNotContain(hostName());
    }
  }

  @Test
  void laughterIsNotMultiplied() {
    StringBuilder laughs = new StringBuilder("<!DOCTYPE x [<!ENTITY a0 'ha'>");
    for (int i = 1; i < 40; i++) {
      laughs.append("<!ENTITY a%d '&a%d;&a%d;'>".formatted(i, i - 1, i - 1));
    }
    malformed(Zip.workbook("").part(SHEET, laughs + "]><x>&a39;</x>"));
    malformed(Zip.workbook("").part("_rels/.rels", laughs + "]><x>&a39;</x>"));
  }

  @Test
  void anElementWithEndlessAttributesIsMalformed() {
    StringBuilder attributes = new StringBuilder();
    for (int i = 0; i < 300_000; i++) {
      attributes.append(" a").append(i).append("=''");
    }
    malformed(Zip.workbook("<sheetData><row" + attributes + "/></sheetData>"));
  }

  @Test
  void endlessNamesAreTooMuch() {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 300_000; i++) {
      names.append("<n").append(i).append("/>");
    }
    assertThat(tooMuch(Zip.workbook(names + "<sheetData/>"))).contains("different names");
    assertThat(tooMuch(Zip.workbook(noise(400_000) + "<sheetData/>"))).contains("different names");
  }

  @Test
  void endlessVocabulariesAreTooMuch() {
    StringBuilder cells = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      cells.append("<c xmlns='u").append(i).append("'/>");
    }
    assertThat(tooMuch(Zip.workbook("<sheetData><row>" + cells + "</row></sheetData>")))
        .startsWith("Row 1: it has more than 2000 different names");
  }

  @Test
  void oneEndlessNameIsTooMuch() {
    tooMuch(Zip.workbook("<" + letters(3 * MEGABYTE) + "/>"));
  }

  @Test
  void deepNestingIsMalformed() {
    malformed(Zip.workbook("<a>".repeat(100_000)));
    malformed(Zip.workbook("").part("_rels/.rels", "<a>".repeat(100_000)));
    malformed(
        Zip.workbook("<sheetData><row><c t='s'><v>1</v></c></row></sheetData>")
            .part(STRINGS, Zip.MAIN.formatted("sst", "<si>" + "<r>".repeat(100_000))));
  }

  @Test
  void anEndlessTextIsTooMuchBeforeItIsHeld() {
    String text = letters(3 * MEGABYTE);
    for (String cell :
        new String[] {
          "<c t='inlineStr'><is><t>" + text + "</t></is></c>",
          "<c t='str'><v>" + text + "</v></c>",
          "<c t='str'><v><![CDATA[" + text + "]]></v></c>",
          "<c><v>" + "1".repeat(MEGABYTE) + "</v></c>",
          "<c t='inlineStr'><is>" + "<r><t>abcdefgh</t></r>".repeat(10_000) + "</is></c>"
        }) {
      assertThat(tooMuch(Zip.workbook("<sheetData><row>" + cell + "</row></sheetData>")))
          .startsWith("Row 1: a cell has more than 65536 characters");
    }
    assertThat(
            tooMuch(
                Zip.workbook("<sheetData><row><c t='s'><v>1</v></c></row></sheetData>")
                    .part(STRINGS, Zip.MAIN.formatted("sst", "<si><t>" + text + "</t></si>"))))
        .contains("a cell has more than 65536 characters");
  }

  @Test
  void endlessCommentsAndTextsBetweenCellsTakeNoMemory() {
    String text = letters(5 * MEGABYTE);
    Zip comment =
        Zip.workbook("<sheetData><row><!-- <" + text + "< --><c><v>1</v></c></row></sheetData>");
    anyProblemOrNone(comment.bytes());
    anyProblemOrNone(Zip.workbook("<sheetData><?x " + text + "?><row/></sheetData>").bytes());
  }

  @Test
  void textThatIsNotUtf8IsMalformed() {
    byte[] wrong =
        Zip.MAIN.formatted("worksheet", "<sheetData><row/>#</sheetData>").getBytes(UTF_8);
    wrong[indexOf(wrong, "#".getBytes(US_ASCII), 0)] = (byte) 0xE9;
    malformed(Zip.workbook("").part(SHEET, wrong));
  }

  @Test
  void anotherEncodingOfXmlIsRead() {
    String sheet =
        "<?xml version='1.0' encoding='UTF-16'?><worksheet xmlns='%s'><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"
            .formatted(Zip.NAMESPACE);
    Zip zip = Zip.workbook("").part(SHEET, ("\uFEFF" + sheet).getBytes(UTF_16LE));
    assertThat(Read.file(zip.in(folder), Limits.DEFAULT)).hasSize(1);
  }

  @Test
  void anyPartMayBeAnything() {
    String[] parts = {
      SHEET,
      STRINGS,
      "xl/styles.xml",
      "xl/workbook.xml",
      "xl/_rels/workbook.xml.rels",
      "_rels/.rels",
      "[Content_Types].xml"
    };
    String[] contents = {
      "",
      " ",
      "x",
      "<x/>",
      "<worksheet/>",
      "<sst/>",
      "<?xml",
      "\uFFFE",
      "<a",
      "<a></b>",
      "<row xmlns='%s'/>".formatted(Zip.NAMESPACE),
      "<!---->",
      "]]>",
      "<a>&undeclared;</a>"
    };
    for (String part : parts) {
      for (String content : contents) {
        anyProblemOrNone(
            Zip.workbook("<sheetData><row><c t='s' s='1'><v>1</v></c></row></sheetData>")
                .part(part, content)
                .bytes());
      }
    }
  }

  // the sheet

  @Test
  void rowsThatGoBackwardsAreNamed() {
    assertThat(rows("<row r='2'/><row r='2'/>")).startsWith("Row 2: its number must be above 2");
    assertThat(rows("<row r='7'/><row r='3'/>")).startsWith("Row 3: ");
    rows("<row r='0'/>");
    rows("<row r='-1'/>");
    rows("<row r='1048577'/>");
    rows("<row r='99999999999999999999'/>");
    rows("<row r='x'/>");
    rows("<row r='1048576'/><row/>");
  }

  @Test
  void cellsThatAreElsewhereAreNamedByTheirRow() {
    assertThat(rows("<row r='4'><c r='B4'/><c r='A4'/></row>"))
        .startsWith("Row 4: its cells are not in the order");
    rows("<row r='4'><c r='A4'/><c r='A4'/></row>");
    rows("<row r='4'><c r='A5'/></row>");
    rows("<row r='4'><c r='XFE4'/></row>");
    rows("<row r='4'><c r='AAAAAAAA4'/></row>");
    rows("<row r='4'><c r='4'/></row>");
    rows("<row r='4'><c r='a4'/></row>");
    rows("<row r='4'><c r=''/></row>");
    rows("<row r='4'><c r='XFD4'/><c/></row>");
  }

  @Test
  void valuesThatAreNoneAreNamedByTheirRow() {
    assertThat(rows("<row><c t='s'><v>2</v></c></row>"))
        .startsWith("Row 1: a cell refers to a text");
    rows("<row><c t='s'><v>-1</v></c></row>");
    rows("<row><c t='s'><v>4294967296</v></c></row>");
    rows("<row><c t='s'><v>x</v></c></row>");
    rows("<row><c t='n'><v>Ada</v></c></row>");
    rows("<row><c t='b'><v>perhaps</v></c></row>");
    rows("<row><c t='z'><v>1</v></c></row>");
    rows("<row><c s='2'><v>1</v></c></row>");
    rows("<row><c s='x'><v>1</v></c></row>");
    rows("<row><c t='str'><v>a_x0000_b</v></c></row>");
  }

  @Test
  void aCellBeyondTheColumnsIsTooMuch() {
    assertThat(
            tooMuch(
                Zip.workbook("<sheetData><row r='9'><c r='SS9'><v>1</v></c></row></sheetData>")))
        .startsWith("Row 9: it has a cell in column 513; 512 columns are the most");
  }

  @Test
  void aRowThatIsTooLongIsTooMuch() {
    String cell = "<c t='str'><v>" + letters(60_000) + "</v></c>";
    assertThat(tooMuch(Zip.workbook("<sheetData><row>" + cell.repeat(18) + "</row></sheetData>")))
        .startsWith("Row 1: it is longer than 1048576 characters");
  }

  @Test
  void tooManyTextsAreTooMuch() {
    Zip many =
        Zip.workbook("<sheetData><row><c t='s'><v>999</v></c></row></sheetData>")
            .part(STRINGS, Zip.MAIN.formatted("sst", "<si><t>a</t></si>".repeat(1_000)));
    assertThat(tooMuch(many, "workbook.max-shared-strings", "100")).contains("more than 100 texts");
    Zip large =
        Zip.workbook("<sheetData><row><c t='s'><v>999</v></c></row></sheetData>")
            .part(
                STRINGS,
                Zip.MAIN.formatted(
                    "sst", ("<si><t>" + letters(9_000) + "</t></si>").repeat(1_000)));
    assertThat(tooMuch(large, "workbook.max-shared-text", "5M")).contains("5242880 bytes");
  }

  @Test
  void aStyleListWithoutEndIsTooMuch() {
    tooMuch(
        Zip.workbook("")
            .part(
                "xl/styles.xml",
                Zip.MAIN.formatted(
                    "styleSheet", "<cellXfs>" + "<xf/>".repeat(150_000) + "</cellXfs>")));
  }

  @Test
  void aFormatThatNobodyWroteIsNoDate() {
    assertThat(NumberFormat.of(200, "y".repeat(100_000))).isEqualTo(NumberFormat.PLAIN);
    assertThat(NumberFormat.of(200, "[[[[\"\\")).isEqualTo(NumberFormat.PLAIN);
    assertThat(NumberFormat.of(200, "")).isEqualTo(NumberFormat.PLAIN);
  }

  @Test
  void aDiskThatIsFullIsNoFaultOfTheFile() {
    Path file =
        Zip.workbook("<sheetData><row><c t='s'><v>9999</v></c></row></sheetData>")
            .part(
                STRINGS,
                Zip.MAIN.formatted("sst", ("<si><t>" + letters(500) + "</t></si>").repeat(10_000)))
            .in(folder);
    try (Sheet sheet =
        new XlsxSheet(
            file, new SheetFormat.Xlsx("People"), Limits.DEFAULT, folder.resolve("no such"))) {
      assertThatThrownBy(() -> sheet.read((number, cells) -> true))
          .isInstanceOf(FileUnreachable.class);
    }
  }

  private String rows(String rows) {
    return malformed(Zip.workbook("<sheetData>" + rows + "</sheetData>"));
  }

  private String malformed(Zip zip) {
    return malformed(zip.bytes());
  }

  private String malformed(byte[] zip) {
    return problem(ProblemType.FILE_MALFORMED, zip);
  }

  private String tooMuch(Zip zip) {
    return problem(ProblemType.SHEET_LIMIT_EXCEEDED, zip.bytes());
  }

  private String tooMuch(Zip zip, String setting, String value) {
    return problem(ProblemType.SHEET_LIMIT_EXCEEDED, zip.bytes(), Limits.with(setting, value));
  }

  private String problem(ProblemType type, byte[] zip) {
    return problem(type, zip, Limits.DEFAULT);
  }

  private String problem(ProblemType type, byte[] zip, BatchConfig limits) {
    String detail = Read.problem(type, () -> read(zip, limits)).detail();
    assertThat(temporary).isEmptyDirectory();
    return detail;
  }

  private void anyProblemOrNone(byte[] zip) {
    try {
      read(zip, Limits.DEFAULT);
    } catch (dev.credmill.contracts.problem.ProblemException e) {
      assertThat(e.problem().status()).isBetween(400, 499);
    }
    assertThat(temporary).isEmptyDirectory();
  }

  private void read(byte[] zip, BatchConfig limits) {
    try {
      Path file = Files.write(folder.resolve("hostile.xlsx"), zip);
      if (SheetFormat.detect(file, null, limits) instanceof SheetFormat.Xlsx xlsx) {
        try (Sheet sheet = new XlsxSheet(file, xlsx, limits, temporary)) {
          sheet.read((number, cells) -> true);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hostName() {
    try {
      return Files.readString(Path.of("/etc/hostname")).strip();
    } catch (IOException e) {
      return "there is no such file";
    }
  }

  /** Elements of ever new names. */
  private static String noise(int length) {
    StringBuilder noise = new StringBuilder();
    for (int i = 0; noise.length() < length; i++) {
      noise.append("<x a").append(i).append("=''/>");
    }
    return noise.toString();
  }

  /** Letters that hardly compress. */
  private static String letters(int length) {
    Random random = new Random(length);
    StringBuilder letters = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      letters.append((char) ('a' + random.nextInt(26)));
    }
    return letters.toString();
  }

  private static byte[] replaced(byte[] bytes, String from, String to) {
    byte[] result = bytes.clone();
    byte[] search = from.getBytes(US_ASCII);
    for (int at = indexOf(result, search, 0); at >= 0; at = indexOf(result, search, at)) {
      System.arraycopy(to.getBytes(US_ASCII), 0, result, at, search.length);
    }
    return result;
  }

  private static int indexOf(byte[] bytes, byte[] search, int from) {
    for (int at = from; at <= bytes.length - search.length; at++) {
      if (Arrays.equals(bytes, at, at + search.length, search, 0, search.length)) {
        return at;
      }
    }
    return -1;
  }

  private static int lastIndexOf(byte[] bytes, byte[] search) {
    int last = -1;
    for (int at = indexOf(bytes, search, 0); at >= 0; at = indexOf(bytes, search, at + 1)) {
      last = at;
    }
    return last;
  }
}
