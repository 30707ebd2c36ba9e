package dev.credmill.batch.webhook;

import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has become of rows in the transaction at hand; only of those that really changed. */
public final class Happened {
  /** Rows of one batch of which the same is to be told. */
  record Alike(BatchId batch, EventType type, RowsPart.What what) {}

  private final Map<Alike, List<Integer>> rows = new LinkedHashMap<>();

  public Happened add(EventType type, BatchId batch, Collection<Integer> numbers) {
    if (!numbers.isEmpty()) {
      rows(new Alike(batch, type, RowsPart.What.NOTHING_MORE)).addAll(numbers);
    }
    return this;
  }

  public Happened add(EventType type, RowId row) {
    return add(type, row.batch(), List.of(row.number()));
  }

  /**
   * Of a row's message.
   *
   * @param problem why it was not delivered; null where it was
   */
  public Happened addMessage(
      RowId row, Medium medium, DeliveryStatus before, DeliveryStatus now, Problem problem) {
    EventType.of(before, now)
        .ifPresent(
            type -> {
              RowsPart.What what = new RowsPart.What(medium, now, ReplyCode.of(problem));
              rows(new Alike(row.batch(), type, what)).add(row.number());
            });
    return this;
  }

  private List<Integer> rows(Alike alike) {
    return rows.computeIfAbsent(alike, _ -> new ArrayList<>());
  }

  Map<Alike, List<Integer>> rows() {
    return rows;
  }
}
