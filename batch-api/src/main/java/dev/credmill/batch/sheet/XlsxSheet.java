package dev.credmill.batch.sheet;

import dev.credmill.batch.BatchConfig;
import java.nio.file.Path;

public final class XlsxSheet implements Sheet {
  public XlsxSheet(Path file, SheetFormat.Xlsx format, BatchConfig limits) {}

  @Override
  public void read(Rows rows) {}

  @Override
  public double share() {
    return 0;
  }

  @Override
  public void close() {}
}
