package dev.credmill.batch.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.credmill.batch.BatchConfig;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads whole files, as upload and validation do together. */
final class Read {
  private Read() {}

  /** All rows of a file by their numbers. */
  static Map<Integer, List<String>> file(Path file, BatchConfig limits) {
    return file(file, null, limits);
  }

  static Map<Integer, List<String>> file(Path file, String charset, BatchConfig limits) {
    Map<Integer, List<String>> rows = new LinkedHashMap<>();
    try (Sheet sheet = open(file, SheetFormat.detect(file, charset, limits), limits)) {
      sheet.read(
          (number, cells) -> {
            rows.put(number, List.of(cells));
            return true;
          });
    }
    return rows;
  }

  static Sheet open(Path file, SheetFormat format, BatchConfig limits) {
    return switch (format) {
      case SheetFormat.Csv csv -> {
        try {
          yield new CsvSheet(Files.newInputStream(file), Files.size(file), csv, limits);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      case SheetFormat.Xlsx xlsx -> new XlsxSheet(file, xlsx, limits);
    };
  }

  /** The problem that ends an attempt. */
  static Problem problem(ProblemType type, Runnable attempt) {
    ProblemException thrown = catchThrowableOfType(ProblemException.class, attempt::run);
    assertThat(thrown).as("nothing was wrong").isNotNull();
    assertThat(thrown.problem().type()).as(thrown.getMessage()).isEqualTo(type.uri());
    return thrown.problem();
  }
}
