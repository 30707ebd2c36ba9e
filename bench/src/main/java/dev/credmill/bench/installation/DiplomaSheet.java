package dev.credmill.bench.installation;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

/** Sheets of diplomas with ten columns and about 130 bytes a row; the same seed, the same sheet. */
public record DiplomaSheet(int rows, long seed) {
  public static final List<String> HEADER =
      List.of(
          "Reference",
          "First Name",
          "Last Name",
          "Email",
          "Expiration",
          "Degree",
          "Field of Study",
          "Graduation Date",
          "Honours",
          "Language");
  private static final List<String> FIRST =
      List.of(
          "Ada", "Bo", "Chloé", "Dilnoza", "Émile", "Fatou", "Giorgi", "Hana", "Inés", "Jürgen");
  private static final List<String> LAST =
      List.of("Abara", "Bergström", "Castillo", "Duarte", "Eze", "Ferrari", "Gruber", "Haddad");
  private static final List<String> DEGREE =
      List.of("Bachelor of Arts", "Bachelor of Science", "Master of Science", "Doctor of Laws");
  private static final List<String> FIELD =
      List.of("Architecture", "Biochemistry", "History, Modern", "Mathematics", "Nursing");
  private static final List<String> HONOURS =
      List.of("", "", "Cum Laude", "Magna Cum Laude", "Summa Cum Laude");

  public Stream<List<String>> cells() {
    Random random = new Random(seed);
    String run = Long.toString(seed, 36);
    return IntStream.range(0, rows).mapToObj(i -> cells(run, i, random));
  }

  /** How the addresses of all recipients of that seed begin. */
  public static String recipients(long seed) {
    return "graduate.%s.".formatted(Long.toString(seed, 36));
  }

  private static List<String> cells(String run, int i, Random random) {
    String first = one(FIRST, random);
    String last = one(LAST, random);
    return List.of(
        "%s-%07d".formatted(run, i),
        first,
        last,
        "graduate.%s.%d@example.org".formatted(run, i).toLowerCase(Locale.ROOT),
        "2031-12-31",
        one(DEGREE, random),
        one(FIELD, random),
        "2026-%02d-%02d".formatted(1 + random.nextInt(12), 1 + random.nextInt(28)),
        one(HONOURS, random),
        "en");
  }

  private static String one(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  public Path csv(Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write(String.join(",", HEADER) + "\r\n");
      for (List<String> row : (Iterable<List<String>>) cells()::iterator) {
        for (int i = 0; i < row.size(); i++) {
          String cell = row.get(i);
          out.write(i == 0 ? "" : ",");
          out.write(cell.contains(",") ? '"' + cell + '"' : cell);
        }
        out.write("\r\n");
      }
    }
    return file;
  }

  /** As spreadsheet programs write it: every text once, in the table of shared strings. */
  public Path xlsx(Path file) throws IOException {
    try (SXSSFWorkbook workbook = new SXSSFWorkbook(null, 100, false, true);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      Sheet sheet = workbook.createSheet("Graduates");
      write(sheet.createRow(0), HEADER);
      int number = 1;
      for (List<String> row : (Iterable<List<String>>) cells()::iterator) {
        write(sheet.createRow(number++), row);
      }
      workbook.write(out);
    }
    return file;
  }

  private static void write(Row row, List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      row.createCell(i).setCellValue(cells.get(i));
    }
  }
}
