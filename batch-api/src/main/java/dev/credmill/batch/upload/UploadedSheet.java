package dev.credmill.batch.upload;

import dev.credmill.batch.Batch;
import dev.credmill.batch.BatchConfig;
import dev.credmill.batch.sheet.CsvSheet;
import dev.credmill.batch.sheet.Sheet;
import dev.credmill.batch.sheet.SheetFormat;
import dev.credmill.batch.sheet.XlsxSheet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The sheet of a batch, open for reading. A workbook cannot be read from its beginning to its end,
 * so it is copied into a temporary file, which is gone when this is closed.
 */
public final class UploadedSheet implements AutoCloseable {
  private final Sheet sheet;
  private final Path copy;

  private UploadedSheet(Sheet sheet, Path copy) {
    this.sheet = sheet;
    this.copy = copy;
  }

  static UploadedSheet open(Batch batch, InputStream content, BatchConfig limits) {
    return switch (batch.format) {
      case SheetFormat.Csv csv ->
          new UploadedSheet(new CsvSheet(content, batch.fileSize, csv, limits), null);
      case SheetFormat.Xlsx xlsx -> workbook(content, xlsx, limits);
    };
  }

  private static UploadedSheet workbook(
      InputStream content, SheetFormat.Xlsx format, BatchConfig limits) {
    Path copy = null;
    try {
      copy = Files.createTempFile("credmill-", ".xlsx");
      Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
      return new UploadedSheet(new XlsxSheet(copy, format, limits), copy);
    } catch (IOException e) {
      delete(copy);
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      delete(copy);
      throw e;
    }
  }

  public Sheet sheet() {
    return sheet;
  }

  @Override
  public void close() {
    try {
      sheet.close();
    } finally {
      delete(copy);
    }
  }

  private static void delete(Path copy) {
    try {
      if (copy != null) {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
