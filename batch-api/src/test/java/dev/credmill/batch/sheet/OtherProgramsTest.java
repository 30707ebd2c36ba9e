package dev.credmill.batch.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.contracts.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workbooks that spreadsheet programs have saved; how is told beside them. */
class OtherProgramsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"libreoffice-7.4.xlsx", "gnumeric-1.12.xlsx"})
  void theirWorkbooksSayWhatTheirAuthorsSee(String name) throws IOException {
    assertThat(Read.file(workbook(name), Limits.DEFAULT))
        .containsExactly(
            Map.entry(
                1,
                List.of(
                    "First Name",
                    "Phone",
                    "Graduation Date",
                    "Honours",
                    "Hours",
                    "Share",
                    "Notes")),
            Map.entry(
                2,
                List.of("Zoë", "491701234567", "2026-06-30", "true", "40", "0.25", "two\nlines")),
            Map.entry(4, List.of("田中", "+81 90 1234 5678", "2026-07-01", "", "2.5", "", "Zoë!")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"libreoffice-7.4.ods", "libreoffice-7.4.xls"})
  void theirOtherFormatsAreRefusedWithAdvice(String name) throws IOException {
    Path file = workbook(name);
    assertThat(
            Read.problem(ProblemType.FILE_TYPE_UNSUPPORTED, () -> Read.file(file, Limits.DEFAULT))
                .detail())
        .containsIgnoringCase("xlsx");
  }

  private Path workbook(String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream content = getClass().getResourceAsStream("/workbooks/" + name)) {
      Files.copy(content, file);
    }
    return file;
  }
}
