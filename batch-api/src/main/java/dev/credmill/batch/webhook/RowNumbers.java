package dev.credmill.batch.webhook;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.IntStream;

/**
 * Numbers of rows, each once and in order. Written as ranges ({@code 2-501,503}), since rows come
 * in the order of their sheet: a thousand of them take a few bytes.
 */
final class RowNumbers {
  private final int[] sorted;

  private RowNumbers(IntStream numbers) {
    sorted = numbers.sorted().distinct().toArray();
  }

  static RowNumbers of(Collection<Integer> numbers) {
    return new RowNumbers(numbers.stream().mapToInt(Integer::intValue));
  }

  @JsonCreator
  static RowNumbers parse(String ranges) {
    return new RowNumbers(
        Arrays.stream(ranges.split(","))
            .flatMapToInt(
                range -> {
                  String[] ends = range.split("-", 2);
                  int first = Integer.parseInt(ends[0]);
                  return IntStream.rangeClosed(
                      first, ends.length == 1 ? first : Integer.parseInt(ends[1]));
                }));
  }

  int size() {
    return sorted.length;
  }

  int[] toArray() {
    return sorted.clone();
  }

  RowNumbers and(RowNumbers others) {
    return new RowNumbers(IntStream.concat(Arrays.stream(sorted), Arrays.stream(others.sorted)));
  }

  RowNumbers first(int most) {
    return new RowNumbers(Arrays.stream(sorted).limit(most));
  }

  RowNumbers without(int first) {
    return new RowNumbers(Arrays.stream(sorted).skip(first));
  }

  @Override
  @JsonValue
  public String toString() {
    StringBuilder ranges = new StringBuilder();
    for (int i = 0; i < sorted.length; i++) {
      int from = i;
      while (i + 1 < sorted.length && sorted[i + 1] == sorted[i] + 1) {
        i++;
      }
      ranges.append(ranges.isEmpty() ? "" : ",").append(sorted[from]);
      if (i > from) {
        ranges.append('-').append(sorted[i]);
      }
    }
    return ranges.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowNumbers numbers && Arrays.equals(sorted, numbers.sorted);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sorted);
  }
}
