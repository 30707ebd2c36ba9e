package dev.credmill.batch.sheet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credmill.batch.BatchConfig;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CsvSheetTest {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  @Test
  void rowsHaveTheNumbersOfTheSpreadsheet() {
    List<String> rows = new ArrayList<>();
    sheet("Name,City\nAda,London\n\nAlan,\"a\nb\"\nGrace,\n")
        .read((number, cells) -> rows.add(number + String.join("|", cells)));
    assertThat(rows).containsExactly("1Name|City", "2Ada|London", "3", "4Alan|a\nb", "5Grace|");
  }

  @Test
  void linesEndAsTheyDoOnAnySystem() {
    for (String end : List.of("\n", "\r\n", "\r")) {
      assertThat(rows("a,b" + end + "1,2" + end)).containsExactly(row("a", "b"), row("1", "2"));
      assertThat(rows("a,b" + end + "1,2")).hasSize(2);
      assertThat(rows("a" + end + "\"1" + end + "2\"" + end))
          .containsExactly(row("a"), row("1\n2"));
    }
  }

  @Test
  void blankLinesAreRows() {
    assertThat(rows("a,b\n\n,\n  \n\n"))
        .containsExactly(row("a", "b"), row(""), row("", ""), row("  "), row(""));
  }

  @Test
  void aQuotedCellMayHoldWhateverItLikes() {
    assertThat(rows("\"a,\"\"b\"\"\",\"\",\"c\r\nd\"\n"))
        .containsExactly(row("a,\"b\"", "", "c\nd"));
  }

  @Test
  void anInchSignOpensNoCell() {
    assertThat(rows("size,screen\n5\" disk,17\"\nx,y\n"))
        .containsExactly(row("size", "screen"), row("5\" disk", "17\""), row("x", "y"));
  }

  @Test
  void whateverIsWrittenAsTheStandardSaysComesBack() {
    Random random = new Random(4180);
    for (int i = 0; i < 5_000; i++) {
      List<List<String>> written = table(random);
      assertThat(rows(csv(written, random))).isEqualTo(written);
    }
  }

  @Test
  void everyCharsetThatIsAcceptedIsRead() {
    String text = "Name\nZoë Žižek\n";
    assertThat(rows(text.getBytes(UTF_8), UTF_8)).contains(row("Zoë Žižek"));
    assertThat(rows(("\uFEFF" + text).getBytes(UTF_8), UTF_8)).startsWith(row("Name"));
    assertThat(rows(("\uFEFF" + text).getBytes(UTF_16LE), UTF_16LE))
        .containsExactly(row("Name"), row("Zoë Žižek"));
    assertThat(rows(("\uFEFF" + text).getBytes(UTF_16BE), UTF_16BE))
        .containsExactly(row("Name"), row("Zoë Žižek"));
    assertThat(rows(text.getBytes(WINDOWS_1252), WINDOWS_1252)).contains(row("Zoë Žižek"));
  }

  @Test
  void bytesThatAreNotUtf8AreNamedByTheirRow() {
    byte[] bytes = ("Name\n" + "Ada\n".repeat(20_000) + "Zoë\n").getBytes(ISO_8859_1);
    Problem problem = Read.problem(ProblemType.FILE_NOT_UTF8, () -> rows(bytes, UTF_8));
    assertThat(problem.detail()).startsWith("Row 20002 ").contains("charset=windows-1252");
  }

  @Test
  void aCharacterCutOffAtTheEndIsNotUtf8() {
    byte[] bytes = Arrays.copyOf("Name\nZoë".getBytes(UTF_8), 8);
    assertThat(Read.problem(ProblemType.FILE_NOT_UTF8, () -> rows(bytes, UTF_8)).detail())
        .startsWith("Row 2 ");
  }

  @Test
  void bytesThatWindows1252DoesNotHaveAreNotGuessed() {
    byte[] bytes = {'a', '\n', (byte) 0x81};
    assertThat(Read.problem(ProblemType.FILE_NOT_UTF8, () -> rows(bytes, WINDOWS_1252)).detail())
        .startsWith("Row 2 ")
        .contains("windows-1252");
  }

  @Test
  void aNulIsNamedByItsRow() {
    String text = "Name\n" + "Ada\n".repeat(20_000) + "A\0da\nGrace\n";
    assertThat(Read.problem(ProblemType.FILE_MALFORMED, () -> rows(text)).detail())
        .startsWith("Row 20002 holds a NUL");
  }

  @Test
  void aCellThatIsNeverClosedIsNamedByTheRowWhereItOpens() {
    assertThat(
            Read.problem(ProblemType.FILE_MALFORMED, () -> rows("a,b\n1,2\n3,\"4\n5,6\n7,8\n"))
                .detail())
        .startsWith("In row 3 a quotation mark opens a cell that is never closed");
  }

  @Test
  void textBehindAClosingMarkIsNamedByItsRow() {
    assertThat(Read.problem(ProblemType.FILE_MALFORMED, () -> rows("a,b\n\"1\"x,2\n")).detail())
        .startsWith("In row 2 there is text between a closing quotation mark");
  }

  @Test
  void excelsDeclarationOfTheDelimiterIsNoRow() {
    assertThat(rows("sep=;\nName;City\n".getBytes(UTF_8), UTF_8, ';', Limits.DEFAULT))
        .containsExactly(row("Name", "City"));
  }

  @Test
  void emptyCellsBeyondTheLastColumnAreCutOff() {
    assertThat(rows("a,b" + ",".repeat(16_382) + "\n")).containsExactly(row("a", "b"));
  }

  @Test
  void aRowWithTooManyCellsIsRefused() {
    Problem problem =
        Read.problem(ProblemType.SHEET_LIMIT_EXCEEDED, () -> rows("a\n" + ",".repeat(512) + "x\n"));
    assertThat(problem.detail()).startsWith("Row 2 has 513 columns; 512 are the most");
  }

  @Test
  void aCellThatIsTooLongIsRefused() {
    Problem problem =
        Read.problem(ProblemType.SHEET_LIMIT_EXCEEDED, () -> rows("a\n" + "x".repeat(65_537)));
    assertThat(problem.detail()).startsWith("A cell of row 2 has 65537 characters");
  }

  @Test
  void aRowThatIsTooLongIsRefusedBeforeItIsHeld() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };
    CsvSheet sheet = new CsvSheet(endless, 1, new SheetFormat.Csv(UTF_8, ','), Limits.DEFAULT);
    assertThat(
            Read.problem(ProblemType.SHEET_LIMIT_EXCEEDED, () -> sheet.read((n, c) -> true))
                .detail())
        .startsWith("Row 1 is longer than 1048576 characters");
  }

  @Test
  @Timeout(10)
  void aCellOfManyLinesTakesNoLongerThanItIs() {
    String text = "a\n\"" + "\n".repeat(60_000) + "\"\n";
    assertThat(rows(text)).hasSize(2);
    Read.problem(ProblemType.SHEET_LIMIT_EXCEEDED, () -> rows("a\n\"" + "x\n".repeat(2_000_000)));
  }

  @Test
  void whatTheHandlerThrowsIsNotTouched() {
    RuntimeException own = new IllegalArgumentException("mine");
    assertThatThrownBy(
            () ->
                sheet("a\nb\n")
                    .read(
                        (number, cells) -> {
                          throw own;
                        }))
        .isSameAs(own);
  }

  @Test
  void readingStopsWhenTheHandlerHasEnough() {
    List<Integer> numbers = new ArrayList<>();
    sheet("a\nb\nc\n")
        .read(
            (number, cells) -> {
              numbers.add(number);
              return number < 2;
            });
    assertThat(numbers).containsExactly(1, 2);
  }

  @Test
  void aFailingDiskIsNoFaultOfTheFile() {
    IOException disk = new IOException("no such luck");
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw disk;
          }
        };
    CsvSheet sheet = new CsvSheet(failing, 1, new SheetFormat.Csv(UTF_8, ','), Limits.DEFAULT);
    assertThatThrownBy(() -> sheet.read((number, cells) -> true))
        .isInstanceOf(FileUnreachable.class)
        .hasCause(disk);
  }

  @Test
  void theShareGrowsFromNothingToAll() {
    CsvSheet sheet = sheet("a\n" + "x".repeat(99) + "\n".repeat(2_000) + "y".repeat(60_000));
    assertThat(sheet.share()).isZero();
    List<Double> shares = new ArrayList<>();
    sheet.read((number, cells) -> shares.add(sheet.share()));
    assertThat(shares).isSorted();
    assertThat(sheet.share()).isEqualTo(1);
  }

  @Test
  @Timeout(30)
  void aHundredThousandRowsTakeLittleTime() {
    long before = System.nanoTime();
    int[] rows = new int[1];
    sheet("Ada,Lovelace,ada@example.org,\"London, England\"\n".repeat(100_000))
        .read((number, cells) -> rows[0]++ < Integer.MAX_VALUE);
    assertThat(rows[0]).isEqualTo(100_000);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
  }

  private static List<List<String>> table(Random random) {
    List<List<String>> rows = new ArrayList<>();
    int width = 1 + random.nextInt(4);
    for (int i = random.nextInt(3); i >= 0; i--) {
      List<String> row = new ArrayList<>();
      for (int j = 0; j < width; j++) {
        StringBuilder cell = new StringBuilder();
        for (int k = random.nextInt(6); k > 0; k--) {
          cell.append("ab \",\n".charAt(random.nextInt(6)));
        }
        row.add(cell.toString());
      }
      rows.add(row);
    }
    return rows;
  }

  private static String csv(List<List<String>> rows, Random random) {
    StringBuilder csv = new StringBuilder();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        String cell = row.get(i);
        boolean quoted = cell.matches("(?s).*[\",\n].*") || random.nextBoolean();
        csv.append(i > 0 ? "," : "")
            .append(quoted ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell);
      }
      csv.append('\n');
    }
    return csv.toString();
  }

  private static List<String> row(String... cells) {
    return List.of(cells);
  }

  private static CsvSheet sheet(String text) {
    return sheet(text.getBytes(UTF_8), UTF_8, ',', Limits.DEFAULT);
  }

  private static CsvSheet sheet(byte[] bytes, Charset charset, char delimiter, BatchConfig limits) {
    return new CsvSheet(
        new ByteArrayInputStream(bytes),
        bytes.length,
        new SheetFormat.Csv(charset, delimiter),
        limits);
  }

  private static List<List<String>> rows(String text) {
    return rows(text.getBytes(UTF_8), UTF_8);
  }

  private static List<List<String>> rows(byte[] bytes, Charset charset) {
    return rows(bytes, charset, ',', Limits.DEFAULT);
  }

  private static List<List<String>> rows(
      byte[] bytes, Charset charset, char delimiter, BatchConfig limits) {
    List<List<String>> rows = new ArrayList<>();
    try (CsvSheet sheet = sheet(bytes, charset, delimiter, limits)) {
      sheet.read((number, cells) -> rows.add(List.of(cells)));
    }
    return rows;
  }
}
