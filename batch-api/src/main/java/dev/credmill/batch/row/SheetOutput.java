package dev.credmill.batch.row;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** A sheet that is written row by row. Uploaded values are hostile: none becomes a formula. */
interface SheetOutput extends Closeable {
  void line(List<String> cells) throws IOException;

  /** Hands on what can be handed on. */
  void flush() throws IOException;
}
