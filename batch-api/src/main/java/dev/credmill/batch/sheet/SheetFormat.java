package dev.credmill.batch.sheet;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.credmill.batch.BatchConfig;
import dev.credmill.contracts.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/** How a file is to be read; decided at upload, kept with the batch as JSON. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SheetFormat.Csv.class, name = "csv"),
  @JsonSubTypes.Type(value = SheetFormat.Xlsx.class, name = "xlsx")
})
public sealed interface SheetFormat {
  /** Text, one record a line. */
  record Csv(Charset charset, char delimiter) implements SheetFormat {
    public Csv {
      requireNonNull(charset, "charset");
      if (!Delimiter.isKnown(delimiter)) {
        throw new IllegalArgumentException("no known delimiter: " + delimiter);
      }
    }
  }

  /**
   * A workbook.
   *
   * @param sheetName the name of its first visible worksheet, the one that is read
   */
  record Xlsx(String sheetName) implements SheetFormat {
    public Xlsx {
      requireNonNull(sheetName, "sheetName");
    }
  }

  /**
   * Looks at a file: at its first bytes, since names and media types of uploads say nothing
   * reliable; at a workbook's list of sheets.
   *
   * @param charset what the caller said of a CSV file; null when nothing
   * @throws ProblemException for what cannot be read, saying what to do
   * @throws FileUnreachable when the disk cannot be read
   */
  static SheetFormat detect(Path file, String charset, BatchConfig limits) {
    CsvCharset said = CsvCharset.said(charset);
    byte[] head = head(file);
    if (FileKind.of(file, head) == FileKind.ZIP) {
      return new Xlsx(XlsxSheet.firstVisible(file, limits));
    }
    Charset decided = said.decide(file, head);
    return new Csv(decided, Delimiter.of(CsvCharset.text(head, decided)));
  }

  private static byte[] head(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(FileKind.HEAD);
    } catch (IOException e) {
      throw new FileUnreachable(e);
    }
  }
}
