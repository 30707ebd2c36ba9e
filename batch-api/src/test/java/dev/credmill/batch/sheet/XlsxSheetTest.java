package dev.credmill.batch.sheet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class XlsxSheetTest {
  @TempDir private Path folder;

  @Test
  void rowsAndCellsThatAreMissingLeaveTheirPlaces() throws IOException {
    Path file =
        saved(
            sheet -> {
              fill(sheet.createRow(0), "Name", "Email", "City");
              fill(sheet.createRow(3), "Ada", null, "London");
              fill(sheet.createRow(5), "Alan");
            });
    assertThat(Read.file(file, Limits.DEFAULT))
        .containsExactly(
            Map.entry(1, List.of("Name", "Email", "City")),
            Map.entry(4, List.of("Ada", "", "London")),
            Map.entry(6, List.of("Alan", "", "")));
  }

  @Test
  void cellsThatAreOnlyColouredAreNoColumns() throws IOException {
    Path file =
        saved(
            sheet -> {
              CellStyle yellow = sheet.getWorkbook().createCellStyle();
              yellow.setFillPattern(FillPatternType.SOLID_FOREGROUND);
              XSSFRow header = fill(sheet.createRow(0), "Name");
              for (int i = 1; i < 16_384; i++) {
                header.createCell(i).setCellStyle(yellow);
              }
              sheet.createRow(1).createCell(5).setCellStyle(yellow);
            });
    assertThat(Read.file(file, Limits.DEFAULT))
        .containsExactly(Map.entry(1, List.of("Name")), Map.entry(2, List.of("")));
  }

  @Test
  void aPhoneNumberStaysOne() throws IOException {
    Path file =
        saved(
            sheet -> {
              XSSFRow row = sheet.createRow(0);
              row.createCell(0).setCellValue(491701234567d);
              row.createCell(1).setCellValue(7);
              row.createCell(2).setCellValue(0.1 + 0.2);
              row.createCell(3).setCellValue(-1.5);
              row.createCell(4).setCellValue(1e20);
              row.createCell(5).setCellValue(0.0000123);
              row.createCell(6).setCellValue(123456789012345d);
              row.createCell(7).setCellValue(true);
              row.createCell(8).setCellValue(0);
            });
    assertThat(cells(file))
        .containsExactly(
            "491701234567",
            "7",
            "0.3",
            "-1.5",
            "100000000000000000000",
            "0.0000123",
            "123456789012345",
            "true",
            "0");
  }

  @Test
  void numbersAreReadAsPersonsWouldWriteThem() {
    assertThat(CellNumber.plain("4.91701234567E11")).isEqualTo("491701234567");
    assertThat(CellNumber.plain("4.91701234567E+11")).isEqualTo("491701234567");
    assertThat(CellNumber.plain("12.50")).isEqualTo("12.5");
    assertThat(CellNumber.plain("3.0")).isEqualTo("3");
    assertThat(CellNumber.plain("007")).isEqualTo("7");
    assertThat(CellNumber.plain("-0")).isEqualTo("0");
    assertThat(CellNumber.plain("1234567890123456")).isEqualTo("1234567890123456");
    assertThat(CellNumber.plain("0.30000000000000004")).isEqualTo("0.3");
    assertThat(CellNumber.plain("1E-300")).startsWith("0.000").endsWith("1");
    for (String nonsense :
        List.of("NaN", "1e999", "0x1p3", "1f", "Infinity", "1,5", "", "-", "e")) {
      assertThatThrownBy(() -> CellNumber.plain(nonsense)).isInstanceOf(Unreadable.class);
    }
  }

  @Test
  void datesAreWrittenInOneWay() throws IOException {
    Path file =
        saved(
            sheet -> {
              XSSFRow row = sheet.createRow(0);
              styled(row, 0, "dd/mm/yyyy").setCellValue(LocalDate.of(2026, 6, 30));
              styled(row, 1, "yyyy\\-mm\\-dd hh:mm")
                  .setCellValue(LocalDateTime.of(2026, 6, 30, 14, 0));
              styled(row, 2, "yyyy-mm-dd hh:mm:ss").setCellValue(LocalDate.of(2026, 6, 30));
              styled(row, 3, "h:mm AM/PM").setCellValue(0.5625);
              styled(row, 4, "[h]:mm").setCellValue(1.5);
              styled(row, 5, "[$-407]d. mmmm yyyy;@").setCellValue(LocalDate.of(2024, 2, 29));
              styled(row, 6, "mm:ss").setCellValue(1 / 24d);
              styled(row, 7, "mmm yy").setCellValue(1);
              styled(row, 8, "yyyy-mm-dd").setCellValue(-5);
              styled(row, 9, "0.00 \"days\"").setCellValue(46203);
              styled(row, 10, "yyyy-mm-dd").setCellValue(LocalDateTime.of(2026, 6, 30, 9, 30));
            });
    assertThat(cells(file))
        .containsExactly(
            "2026-06-30",
            "2026-06-30T14:00:00",
            "2026-06-30",
            "13:30:00",
            "36:00:00",
            "2024-02-29",
            "01:00:00",
            "1900-01-01",
            "-5",
            "46203",
            "2026-06-30");
  }

  @Test
  void aPostalCodeKeepsItsZeros() throws IOException {
    Path file =
        saved(
            sheet -> {
              XSSFRow row = sheet.createRow(0);
              styled(row, 0, "00000").setCellValue(1067);
              styled(row, 1, "00000").setCellValue(101067);
              styled(row, 2, "00000").setCellValue(-5);
              styled(row, 3, "0").setCellValue(7);
              styled(row, 4, "0.00").setCellValue(7);
            });
    assertThat(cells(file)).containsExactly("01067", "101067", "-5", "7", "7");
  }

  @Test
  void datesFromAnOldMacCountFrom1904() {
    Zip zip =
        Zip.workbook("<sheetData><row><c s='1'><v>44741</v></c></row></sheetData>")
            .part(
                "xl/workbook.xml",
                Zip.MAIN.formatted(
                    "workbook",
                    "<workbookPr date1904='1'/><sheets><sheet name='A' sheetId='1' r:id='rId1'/></sheets>"));
    assertThat(cells(zip.in(folder))).containsExactly("2026-06-30");
  }

  @Test
  void datesMayBeStoredAsText() {
    assertThat(
            row(
                "<c t='d' s='1'><v>2026-06-30</v></c><c t='d' s='1'><v>2026-06-30T00:00:00.000</v></c>"
                    + "<c t='d'><v>2026-06-30T14:00:00</v></c><c t='d'><v>14:00</v></c>"))
        .containsExactly("2026-06-30", "2026-06-30", "2026-06-30T14:00:00", "14:00");
  }

  @Test
  void aFormulaGivesWhatItCameTo() {
    assertThat(
            row(
                "<c><f>1+1</f><v>2</v></c><c t='str'><f>A1&amp;\"x\"</f><v>2x</v></c>"
                    + "<c t='b'><f>TRUE()</f><v>1</v></c><c t='e'><f>NA()</f><v>#N/A</v></c><c><f>1</f></c>"))
        .containsExactly("2", "2x", "true", "#N/A");
  }

  @Test
  void richTextIsItsRunsWithoutTheirPronunciation() {
    Zip zip =
        Zip.workbook(
                "<sheetData><row><c t='s'><v>0</v></c><c t='inlineStr'><is><t>in</t></is></c></row></sheetData>")
            .part(
                "xl/sharedStrings.xml",
                Zip.MAIN.formatted(
                    "sst",
                    "<si><r><rPr><b/></rPr><t xml:space='preserve'>山 </t></r><r><t>田</t></r>"
                        + "<rPh sb='0' eb='1'><t>ヤマダ</t></rPh><phoneticPr fontId='1'/></si>"));
    assertThat(cells(zip.in(folder))).containsExactly("山 田", "in");
  }

  @Test
  void charactersThatXmlDoesNotHaveAreDecoded() {
    assertThat(
            row(
                "<c t='inlineStr'><is><t>a_x000D_\nb</t></is></c>"
                    + "<c t='inlineStr'><is><t>_x005F_x000D_</t></is></c>"
                    + "<c t='inlineStr'><is><t>_x00e9__xZZZZ__x12_xD800_</t></is></c>"
                    + "<c t='inlineStr'><is><t>&lt;&#65;&amp;<![CDATA[<b>]]>&gt;</t></is></c>"))
        .containsExactly("a\r\nb", "_x000D_", "é_xZZZZ__x12_xD800_", "<A&<b>>");
  }

  @Test
  void rowsAndCellsThatDoNotSayWhereTheyAreAreCounted() {
    Zip zip =
        Zip.workbook(
            "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row r='5'><c r='B5'><v>3</v></c><c><v>4</v></c></row>"
                + "<row><c><v>5</v></c></row></sheetData>");
    assertThat(Read.file(zip.in(folder), Limits.DEFAULT))
        .containsExactly(
            Map.entry(1, List.of("1", "2")),
            Map.entry(5, List.of("", "3", "4")),
            Map.entry(6, List.of("5", "")));
  }

  @Test
  void aWorkbookThatWasStreamedIsRead() throws IOException {
    Path file = folder.resolve("streamed.xlsx");
    try (SXSSFWorkbook book = new SXSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      book.createSheet().createRow(0).createCell(0).setCellValue("inline, and ZIP64");
      book.write(out);
    }
    assertThat(cells(file)).containsExactly("inline, and ZIP64");
  }

  @Test
  void mergedCellsAreAsTheyAreStored() throws IOException {
    Path file =
        saved(
            sheet -> {
              fill(sheet.createRow(0), "A", "B", "C");
              fill(sheet.createRow(1), "x", null, "y");
              sheet.addMergedRegion(new CellRangeAddress(1, 1, 0, 1));
            });
    assertThat(Read.file(file, Limits.DEFAULT)).containsEntry(2, List.of("x", "", "y"));
  }

  @Test
  void prefixesAndTheStrictVocabularyAreUnderstood() {
    String strict = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    Zip zip =
        Zip.workbook("")
            .part(
                "xl/worksheets/sheet1.xml",
                "<x:worksheet xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main'><x:sheetData>"
                    + "<x:row r='1'><x:c r='A1' t='s'><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>")
            .part(
                "xl/workbook.xml",
                "<workbook xmlns='http://purl.oclc.org/ooxml/spreadsheetml/main' xmlns:r='%s'><sheets><sheet name='A' sheetId='1' r:id='rId1'/></sheets></workbook>"
                    .formatted(strict))
            .part(
                "xl/sharedStrings.xml",
                "<sst xmlns='http://purl.oclc.org/ooxml/spreadsheetml/main'><si><t>no</t></si><si><t>yes</t></si></sst>")
            .part(
                "_rels/.rels",
                Zip.relations("officeDocument", "xl/workbook.xml").replace(Zip.OFFICE, strict))
            .part(
                "xl/_rels/workbook.xml.rels",
                Zip.relations(
                        "worksheet", "worksheets/sheet1.xml", "sharedStrings", "sharedStrings.xml")
                    .replace(Zip.OFFICE, strict));
    assertThat(cells(zip.in(folder))).containsExactly("yes");
  }

  @Test
  void chartsAreNoWorksheets() {
    Zip zip =
        Zip.workbook("<sheetData><row><c><v>1</v></c></row></sheetData>")
            .part(
                "xl/workbook.xml",
                Zip.MAIN.formatted(
                    "workbook",
                    "<sheets><sheet name='Chart' sheetId='2' r:id='rId2'/><sheet name='Data' sheetId='1' r:id='rId1'/></sheets>"))
            .part(
                "xl/_rels/workbook.xml.rels",
                Zip.relations(
                    "worksheet", "worksheets/sheet1.xml", "chartsheet", "chartsheets/sheet1.xml"));
    assertThat(SheetFormat.detect(zip.in(folder), null, Limits.DEFAULT))
        .isEqualTo(new SheetFormat.Xlsx("Data"));
    assertThat(cells(zip.in(folder))).containsExactly("1");
  }

  @Test
  void wrongDocumentPropertiesHarmNobody() {
    Zip zip =
        Zip.workbook("<sheetData><row><c><v>1</v></c></row></sheetData>")
            .part("docProps/core.xml", "<nonsense>");
    assertThat(cells(zip.in(folder))).containsExactly("1");
  }

  @Test
  void whatTheHandlerThrowsIsNotTouched() {
    Path file = Zip.workbook("<sheetData><row/></sheetData>").in(folder);
    StackOverflowError own = new StackOverflowError("mine");
    try (Sheet sheet = new XlsxSheet(file, new SheetFormat.Xlsx("People"), Limits.DEFAULT)) {
      assertThatThrownBy(
              () ->
                  sheet.read(
                      (number, cells) -> {
                        throw own;
                      }))
          .isSameAs(own);
    }
  }

  @Test
  void readingStopsWhenTheHandlerHasEnough() {
    Path file = Zip.workbook("<sheetData><row/><row/><row/></sheetData>").in(folder);
    List<Integer> numbers = new ArrayList<>();
    try (Sheet sheet = new XlsxSheet(file, new SheetFormat.Xlsx("People"), Limits.DEFAULT)) {
      sheet.read(
          (number, cells) -> {
            numbers.add(number);
            return number < 2;
          });
    }
    assertThat(numbers).containsExactly(1, 2);
  }

  @Test
  @Timeout(120)
  void aLargeWorkbookIsReadInLittleMemoryAndLeavesNoFile() throws IOException {
    Path file = large(300_000);
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    List<Integer> wrong = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    SheetFormat.Xlsx format = (SheetFormat.Xlsx) SheetFormat.detect(file, null, Limits.DEFAULT);
    int[] last = new int[1];
    try (Sheet sheet = new XlsxSheet(file, format, Limits.DEFAULT, temporary)) {
      sheet.read(
          (number, cells) -> {
            last[0] = number;
            for (int i = 0; i < 10; i++) {
              if (!cells[i].equals("text & " + number + "/" + i)) {
                wrong.add(number);
              }
            }
            return number % 1000 != 0 || shares.add(sheet.share());
          });
      assertThat(sheet.share()).isEqualTo(1);
    }
    assertThat(last[0]).isEqualTo(300_000);
    assertThat(wrong).isEmpty();
    assertThat(shares).isSorted();
    assertThat(temporary).isEmptyDirectory();
  }

  private Path large(int rows) {
    return Zip.workbook("")
        .part(
            "xl/worksheets/sheet1.xml",
            out -> {
              Writer sheet = new OutputStreamWriter(out, UTF_8);
              sheet.write("<worksheet xmlns='" + Zip.NAMESPACE + "'><sheetData>");
              for (int i = 0; i < rows; i++) {
                sheet.write("<row r='" + (i + 1) + "' spans='1:10'>");
                for (int j = 0; j < 10; j++) {
                  sheet.write(
                      "<c r='"
                          + (char) ('A' + j)
                          + (i + 1)
                          + "' t='s'><v>"
                          + (10 * i + j)
                          + "</v></c>");
                }
                sheet.write("</row>");
              }
              sheet.write("</sheetData></worksheet>");
              sheet.flush();
            })
        .part(
            "xl/sharedStrings.xml",
            out -> {
              Writer strings = new OutputStreamWriter(out, UTF_8);
              strings.write("<sst xmlns='" + Zip.NAMESPACE + "'>");
              for (int i = 0; i < rows; i++) {
                for (int j = 0; j < 10; j++) {
                  strings.write("<si><t>text &amp; " + (i + 1) + "/" + j + "</t></si>");
                }
              }
              strings.write("</sst>");
              strings.flush();
            })
        .in(folder);
  }

  private interface Content {
    void fill(XSSFSheet sheet);
  }

  private Path saved(Content content) throws IOException {
    Path file = folder.resolve("book.xlsx");
    try (XSSFWorkbook book = new XSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      content.fill(book.createSheet());
      book.write(out);
    }
    return file;
  }

  private static XSSFRow fill(XSSFRow row, String... cells) {
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] != null) {
        row.createCell(i).setCellValue(cells[i]);
      }
    }
    return row;
  }

  private static org.apache.poi.xssf.usermodel.XSSFCell styled(
      XSSFRow row, int column, String format) {
    XSSFWorkbook book = row.getSheet().getWorkbook();
    CellStyle style = book.createCellStyle();
    style.setDataFormat(book.createDataFormat().getFormat(format));
    var cell = row.createCell(column);
    cell.setCellStyle(style);
    return cell;
  }

  /** The first row of a worksheet with these cells. */
  private List<String> row(String cells) {
    return cells(Zip.workbook("<sheetData><row>" + cells + "</row></sheetData>").in(folder));
  }

  private static List<String> cells(Path file) {
    return Read.file(file, Limits.DEFAULT).get(1);
  }
}
