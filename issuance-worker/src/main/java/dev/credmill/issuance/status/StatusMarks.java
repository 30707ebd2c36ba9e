package dev.credmill.issuance.status;

import dev.credmill.contracts.event.Validity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Sets entries of status lists. What was set is published by {@link StatusListPublishing}. */
@ApplicationScoped
public class StatusMarks {
  private final StatusListTable lists;

  StatusMarks(StatusListTable lists) {
    this.lists = lists;
  }

  /** What an entry is to say. */
  public record Mark(UUID list, int index, Validity validity) {}

  /**
   * Belongs into a transaction. Each list is held and written once, in the order of their ids, so
   * that two who mark the same lists never wait for each other in a circle.
   */
  public void set(List<Mark> marks) {
    marks.stream()
        .collect(
            Collectors.groupingBy(
                Mark::list,
                () -> new TreeMap<>(Comparator.<UUID>naturalOrder()),
                Collectors.toList()))
        .forEach(this::set);
  }

  private void set(UUID list, List<Mark> marks) {
    StatusEntries entries =
        lists
            .lock(list)
            .orElseThrow(() -> new IllegalStateException("there is no status list " + list));
    boolean changed = false;
    for (Mark mark : marks) {
      changed |= entries.set(mark.index(), mark.validity());
    }
    if (changed) {
      lists.store(list, entries);
    }
  }
}
