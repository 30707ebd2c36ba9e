package dev.credmill.batch.webhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts rows of many entries together into messages of so many rows. */
final class Composition {
  private final int most;
  private final List<Message> full = new ArrayList<>();
  private final List<Long> used = new ArrayList<>();

  // What is not enough for a message yet.
  private final Map<RowsPart.What, RowNumbers> open = new LinkedHashMap<>();
  private final List<Long> openEntries = new ArrayList<>();
  private Instant openAt;
  private Cut cut;

  /**
   * @param most rows in one message
   */
  Composition(int most) {
    this.most = most;
  }

  /**
   * What one message says.
   *
   * @param at when the last of it happened
   */
  record Message(Instant at, List<RowsPart> parts) {}

  /** An entry of which only the last rows are left. */
  record Cut(long entry, RowsPart rest) {}

  void add(long entry, Instant at, RowsPart part) {
    RowNumbers left = part.rows();
    while (left.size() > 0) {
      RowNumbers taken = left.first(most - size());
      open.merge(part.what(), taken, RowNumbers::and);
      openAt = openAt == null || at.isAfter(openAt) ? at : openAt;
      left = left.without(taken.size());
      if (size() == most) {
        close();
        cut = left.size() == 0 ? null : new Cut(entry, new RowsPart(part.what(), left));
      }
    }
    openEntries.add(entry);
    if (open.isEmpty()) {
      used.addAll(openEntries);
      openEntries.clear();
    }
  }

  private void close() {
    full.add(message());
    used.addAll(openEntries);
    openEntries.clear();
    open.clear();
    openAt = null;
  }

  /** Makes a message of what is left, too. */
  void closeAll() {
    if (!open.isEmpty()) {
      close();
    }
    cut = null;
  }

  private Message message() {
    List<RowsPart> parts = new ArrayList<>();
    open.forEach((what, rows) -> parts.add(new RowsPart(what, rows)));
    return new Message(openAt, parts);
  }

  private int size() {
    return open.values().stream().mapToInt(RowNumbers::size).sum();
  }

  List<Message> messages() {
    return full;
  }

  /** The entries all of whose rows are in messages. */
  List<Long> used() {
    return used;
  }

  /** The entry of which a part is in messages. */
  Optional<Cut> cut() {
    return Optional.ofNullable(cut);
  }
}
