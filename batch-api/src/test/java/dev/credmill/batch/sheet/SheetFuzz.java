package dev.credmill.batch.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.credmill.batch.Mutations;
import dev.credmill.contracts.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a file holds, reading it ends soon, with rows or a problem, and leaves nothing. Each
 * search of Jazzer begins with what the method of its name gives.
 */
@Tag("fuzz")
class SheetFuzz {
  private static final Duration LONGEST = Duration.ofSeconds(10);
  @TempDir static Path folder;
  @TempDir static Path temporary;

  @ParameterizedTest
  @EnumSource
  void accidents(FuzzTarget target) {
    Mutations.of(target.seeds(), 100, data -> read(target, data));
  }

  @MethodSource
  @FuzzTest
  void anyFile(byte[] data) {
    read(FuzzTarget.FILE, data);
  }

  static Stream<byte[]> anyFile() {
    return FuzzTarget.FILE.seeds().stream();
  }

  @MethodSource
  @FuzzTest
  void anyText(byte[] data) {
    read(FuzzTarget.TEXT, data);
  }

  static Stream<byte[]> anyText() {
    return FuzzTarget.TEXT.seeds().stream();
  }

  @MethodSource
  @FuzzTest
  void anyWorksheet(byte[] data) {
    read(FuzzTarget.WORKSHEET, data);
  }

  static Stream<byte[]> anyWorksheet() {
    return FuzzTarget.WORKSHEET.seeds().stream();
  }

  @MethodSource
  @FuzzTest
  void anySharedStrings(byte[] data) {
    read(FuzzTarget.STRINGS, data);
  }

  static Stream<byte[]> anySharedStrings() {
    return FuzzTarget.STRINGS.seeds().stream();
  }

  @MethodSource
  @FuzzTest
  void anyStyles(byte[] data) {
    read(FuzzTarget.STYLES, data);
  }

  static Stream<byte[]> anyStyles() {
    return FuzzTarget.STYLES.seeds().stream();
  }

  @MethodSource
  @FuzzTest
  void anyWorkbook(byte[] data) {
    read(FuzzTarget.WORKBOOK, data);
  }

  static Stream<byte[]> anyWorkbook() {
    return FuzzTarget.WORKBOOK.seeds().stream();
  }

  @MethodSource
  @FuzzTest
  void anyRelations(byte[] data) {
    read(FuzzTarget.RELATIONS, data);
  }

  static Stream<byte[]> anyRelations() {
    return FuzzTarget.RELATIONS.seeds().stream();
  }

  @MethodSource
  @FuzzTest
  void anyContentTypes(byte[] data) {
    read(FuzzTarget.CONTENT_TYPES, data);
  }

  static Stream<byte[]> anyContentTypes() {
    return FuzzTarget.CONTENT_TYPES.seeds().stream();
  }

  private static void read(FuzzTarget target, byte[] data) {
    long start = System.nanoTime();
    try {
      Path file = Files.write(folder.resolve("file"), target.file(data));
      SheetFormat format = SheetFormat.detect(file, null, Limits.DEFAULT);
      try (Sheet sheet = open(file, format)) {
        sheet.read((number, cells) -> number < 100_000);
      }
    } catch (ProblemException e) {
      assertThat(e.problem().status()).isBetween(400, 499);
      assertThat(e.problem().detail()).hasSizeBetween(20, 2_000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(System.nanoTime() - start).isLessThan(LONGEST.toNanos());
    assertThat(temporary).isEmptyDirectory();
  }

  private static Sheet open(Path file, SheetFormat format) {
    return format instanceof SheetFormat.Xlsx xlsx
        ? new XlsxSheet(file, xlsx, Limits.DEFAULT, temporary)
        : Read.open(file, format, Limits.DEFAULT);
  }
}
