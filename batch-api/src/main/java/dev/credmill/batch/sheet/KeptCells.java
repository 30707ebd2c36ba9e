package dev.credmill.batch.sheet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** The cells that a row keeps as they were uploaded: a JSON array in the order of the file. */
public final class KeptCells {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonFactory FACTORY = JSON.getFactory();

  private KeptCells() {}

  /** As they are stored; null for a cell that is not kept. */
  public static String of(String[] cells) {
    try (SegmentedStringWriter text = new SegmentedStringWriter(FACTORY._getBufferRecycler());
        JsonGenerator out = FACTORY.createGenerator(text)) {
      out.writeArray(cells, 0, cells.length);
      out.flush();
      return text.getAndClear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String[] cells(String kept) {
    try {
      return JSON.readValue(kept, String[].class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored cells are no array", e);
    }
  }

  /**
   * What is kept of a row, with one of its cells corrected; as it was where that cell is said by
   * the row itself.
   *
   * @param column -1 for none
   */
  public static String corrected(String kept, int column, String cell) {
    if (kept == null || column < 0) {
      return kept;
    }
    String[] cells = cells(kept);
    int length = cells.length;
    if (column < length && cells[column] == null) {
      return kept;
    }
    if (column >= length) {
      // The sheet had nothing there.
      cells = Arrays.copyOf(cells, column + 1);
      Arrays.fill(cells, length, column, "");
    }
    cells[column] = cell;
    return of(cells);
  }
}
