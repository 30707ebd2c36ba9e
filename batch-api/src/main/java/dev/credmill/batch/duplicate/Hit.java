package dev.credmill.batch.duplicate;

import static java.util.stream.Collectors.groupingBy;

import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A key and a row that has it already. */
record Hit(RowKeys.Key key, RowId of) {
  /**
   * So many rows of each key are looked at, the oldest: a sheet of one row a million times over, or
   * uploaded every day, must not make each look at all the others.
   */
  static final int MOST_EACH = 20;

  /**
   * The numbers of the rows, in order, by batch: what is asked about so many rows is asked with a
   * batch's id once.
   */
  static Map<BatchId, int[]> numbersByBatch(List<Hit> hits) {
    Map<BatchId, int[]> numbers = new HashMap<>();
    hits.stream()
        .map(Hit::of)
        .collect(groupingBy(RowId::batch))
        .forEach(
            (batch, rows) ->
                numbers.put(
                    batch, rows.stream().mapToInt(RowId::number).distinct().sorted().toArray()));
    return numbers;
  }
}
