package dev.credmill.batch.sheet;

import dev.credmill.batch.BatchConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import javax.xml.stream.XMLStreamException;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;

/**
 * The rows of a workbook's first visible worksheet. Files are hostile: the archive and its XML are
 * limited before and while they are read, and whatever goes wrong becomes a problem that names the
 * row. Memory does not grow with the file.
 */
public final class XlsxSheet implements Sheet {
  private static final String WORKBOOK = "The workbook";
  private final Workbook workbook;
  private final ArchiveStream content;
  private final SharedStrings strings;
  private final WorksheetRows rows;

  public XlsxSheet(Path file, SheetFormat.Xlsx format, BatchConfig limits) {
    this(file, format, limits, Path.of(System.getProperty("java.io.tmpdir")));
  }

  XlsxSheet(Path file, SheetFormat.Xlsx format, BatchConfig limits, Path temporary) {
    Workbook opened = null;
    try {
      opened = new Workbook(file, limits);
      this.workbook = opened;
      this.content = workbook.worksheet(format.sheetName());
      ArchiveStream texts = workbook.strings();
      CellStyles styles = workbook.styles();
      this.strings =
          new SharedStrings(
              texts == null ? null : new XmlPart(texts, limits.workbook()), temporary, limits);
      this.rows =
          new WorksheetRows(
              new XmlPart(content, limits.workbook()),
              styles,
              strings,
              workbook.from1904(),
              limits);
    } catch (IOException
        | InvalidFormatException
        | XMLStreamException
        | RuntimeException
        | StackOverflowError
        | OutOfMemoryError e) {
      close(opened);
      throw Trouble.problem(e, WORKBOOK);
    }
  }

  /** The name of the worksheet to read: the first that a person sees. */
  static String firstVisible(Path file, BatchConfig limits) {
    try (Workbook workbook = new Workbook(file, limits)) {
      return workbook.firstVisible();
    } catch (IOException
        | InvalidFormatException
        | XMLStreamException
        | RuntimeException
        | StackOverflowError
        | OutOfMemoryError e) {
      throw Trouble.problem(e, WORKBOOK);
    }
  }

  @Override
  public void read(Rows handler) {
    for (String[] cells = next(); cells != null; cells = next()) {
      if (!handler.row(rows.number(), cells)) {
        return;
      }
    }
  }

  private String[] next() {
    try {
      String[] cells = rows.next();
      if (cells == null) {
        // The rest of the part is no rows, but its checksum tells whether the rows were right.
        content.transferTo(OutputStream.nullOutputStream());
      }
      return cells;
    } catch (IOException
        | XMLStreamException
        | RuntimeException
        | StackOverflowError
        | OutOfMemoryError e) {
      throw Trouble.problem(
          e, rows.number() == 0 ? "The worksheet" : "Row %d".formatted(rows.number()));
    }
  }

  @Override
  public double share() {
    return content.share();
  }

  @Override
  public void close() {
    try {
      strings.close();
    } finally {
      close(workbook);
    }
  }

  private static void close(Workbook workbook) {
    try {
      if (workbook != null) {
        workbook.close();
      }
    } catch (IOException e) {
      throw new FileUnreachable(e);
    }
  }
}
