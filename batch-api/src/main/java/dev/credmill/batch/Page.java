package dev.credmill.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A part of a list.
 *
 * @param next the cursor of the next part; null at the end
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Page<T>(
    List<T> items,
    @Schema(
            description = "Send it as ?cursor= to get the next part; null at the end",
            nullable = true)
        String next) {
  public static final String DEFAULT_LIMIT = "50";
  public static final int MOST = 500;

  /** Cuts a list that was read with one item more than asked for. */
  public static <T> Page<T> of(List<T> oneMore, int limit, Function<T, String> cursor) {
    if (oneMore.size() <= limit) {
      return new Page<>(oneMore, null);
    }
    List<T> items = oneMore.subList(0, limit);
    return new Page<>(items, cursor.apply(items.getLast()));
  }
}
