package dev.credmill.batch.sheet;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.credmill.batch.BatchConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** How a file is to be read; decided at upload, kept with the batch. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SheetFormat.Csv.class, name = "csv"),
  @JsonSubTypes.Type(value = SheetFormat.Xlsx.class, name = "xlsx")
})
public sealed interface SheetFormat {
  record Csv(Charset charset, char delimiter) implements SheetFormat {}

  record Xlsx(String sheetName) implements SheetFormat {}

  static SheetFormat detect(Path file, String charset, BatchConfig limits) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(65536);
      FileKind.mustBeCsv(head);
      return new Csv(StandardCharsets.UTF_8, Delimiter.of(head));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
