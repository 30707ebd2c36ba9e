package dev.credmill.batch.row;

import static java.util.stream.Collectors.joining;

import dev.credmill.contracts.event.DeliveryStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The numbers of the rows that a filter may show, from the narrowest table that knows. Asked of
 * rows with all that belongs to them, the three of a million that failed take PostgreSQL ten
 * seconds to find; asked like this, less than a millisecond.
 */
final class Shortlist {
  private static final String NO_CREDENTIAL =
      """
      and not exists (
        select from row_credential c where c.batch_id = s.batch_id and c.number = s.number)
      """;

  private static final String SAYS =
      "position(lower(?) in lower(concat_ws(E'\\n', s.reference, concat_ws(' ', s.first_name, s.last_name), s.email, s.phone))) > 0";

  private final UUID batch;
  private final int after;
  private final List<String> selects = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  private Shortlist(UUID batch, int after) {
    this.batch = batch;
    this.after = after;
  }

  /**
   * @param limit how many rows are wanted
   */
  static Shortlist of(RowTable.Filter filter, UUID batch, int after, int limit) {
    // Of two wishes only one is looked at here, and the other may leave nothing of the first few.
    String first = filter.isSingle() ? " order by s.number limit " + limit : "";
    Shortlist list = new Shortlist(batch, after);
    if (!list.findFew(filter, first)) {
      list.findMany(filter, first);
    }
    return list;
  }

  /** For the rows {@code r}; empty where any row may be meant. */
  String condition() {
    return selects.isEmpty()
        ? ""
        : "and r.number = any(array(" + String.join(" union all ", selects) + "))";
  }

  List<Object> values() {
    return values;
  }

  /** What only some rows of a batch are, and a table or an index of their own has. */
  private boolean findFew(RowTable.Filter filter, String first) {
    if (filter.duplicate() != null) {
      add("row_duplicate", "and s.kind = ?" + first, filter.duplicate().name());
    } else if (isSeldom(filter.issue())) {
      add(
          "sheet_row",
          "and s.issue = cast(? as issue_state) and s.issue <> 'READY'" + NO_CREDENTIAL + first,
          filter.issue().name());
    }
    return !selects.isEmpty();
  }

  /** What all rows of a batch may be: read in their order, but without all that belongs to them. */
  private void findMany(RowTable.Filter filter, String first) {
    if (filter.q() != null) {
      add("sheet_row", "and " + SAYS + first, filter.q());
      add("row_credential", "and position(lower(?) in s.credential_id) > 0" + first, filter.q());
    } else if (!filter.delivery().isEmpty()
        && !filter.delivery().contains(DeliveryStatus.NOT_REQUESTED)) {
      add("row_credential", delivered(filter.delivery()) + first);
    } else if (filter.validity() != null) {
      add(
          "row_credential",
          "and s.validity = cast(? as validity_state)" + first,
          filter.validity().name());
    } else if (filter.issue() == IssueStatus.ISSUED) {
      add("row_credential", first);
    } else if (filter.issue() != null) {
      add(
          "sheet_row",
          """
          and s.issue = 'READY' and %s exists (
            select from relay_run q
            where q.batch_id = s.batch_id and q.run = s.run and s.number <= q.reserved)
          """
                  .formatted(filter.issue() == IssueStatus.READY ? "not" : "")
              + NO_CREDENTIAL
              + first);
    }
  }

  private static boolean isSeldom(IssueStatus issue) {
    return switch (issue) {
      case INVALID, FAILED, SKIPPED, CANCELLED -> true;
      case READY, QUEUED, ISSUED -> false;
      case null -> false;
    };
  }

  private static String delivered(Set<DeliveryStatus> wanted) {
    String states = wanted.stream().map(Enum::name).collect(joining("', '", "('", "')"));
    return "and (s.email_delivery in %1$s or s.sms_delivery in %1$s) ".formatted(states);
  }

  private void add(String table, String condition, String... more) {
    selects.add(
        "(select s.number from %s s where s.batch_id = ? and s.number > ? ".formatted(table)
            + condition
            + ")");
    values.add(batch);
    values.add(after);
    values.addAll(List.of(more));
  }
}
