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
  private static final Set<DeliveryStatus> UNDELIVERED =
      Set.of(DeliveryStatus.FAILED, DeliveryStatus.BOUNCED, DeliveryStatus.SUPPRESSED);

  private static final String NO_CREDENTIAL =
      """
      and not exists (
        select from row_credential c where c.batch_id = s.batch_id and c.number = s.number)
      """;

  private final StringBuilder sql = new StringBuilder();
  private final List<Object> values = new ArrayList<>();

  private Shortlist(UUID batch, int after) {
    values.add(batch);
    values.add(after);
  }

  /**
   * @param limit how many rows are wanted
   */
  static Shortlist of(RowTable.Filter filter, UUID batch, int after, int limit) {
    Shortlist list = new Shortlist(batch, after);
    if (!list.find(filter)) {
      list.values.clear();
    } else if (filter.isSingle()) {
      // Of two wishes only one is looked at here, and the other may leave nothing of the first few.
      list.sql.append(" order by s.number limit ?");
      list.values.add(limit);
    }
    return list;
  }

  /** For the rows {@code r}; empty where any row may be meant. */
  String condition() {
    return sql.isEmpty() ? "" : "and r.number = any(array(" + sql + "))";
  }

  List<Object> values() {
    return values;
  }

  private boolean find(RowTable.Filter filter) {
    if (!filter.delivery().isEmpty() && !filter.delivery().contains(DeliveryStatus.NOT_REQUESTED)) {
      delivery(filter.delivery());
    } else if (filter.validity() != null) {
      from("row_credential", "and s.validity = cast(? as validity_state)", filter.validity());
      if (filter.validity() != RowView.ValidityStatus.ACTIVE) {
        sql.append(" and s.validity <> 'ACTIVE'");
      }
    } else if (filter.duplicate() != null) {
      from("row_duplicate", "and s.kind = ?", filter.duplicate());
    } else if (filter.issue() != null) {
      issue(filter.issue());
    }
    return !sql.isEmpty();
  }

  private void delivery(Set<DeliveryStatus> wanted) {
    String states = wanted.stream().map(Enum::name).collect(joining("', '", "('", "')"));
    from(
        "row_credential",
        "and (s.email_delivery in %1$s or s.sms_delivery in %1$s)".formatted(states));
    if (UNDELIVERED.containsAll(wanted)) {
      // As the index says it: PostgreSQL draws no conclusions from two lists.
      sql.append(
          """
           and (s.email_delivery in ('FAILED', 'BOUNCED', 'SUPPRESSED')
             or s.sms_delivery in ('FAILED', 'BOUNCED', 'SUPPRESSED') or s.validity <> 'ACTIVE')
          """);
    }
  }

  private void issue(IssueStatus wanted) {
    switch (wanted) {
      case ISSUED -> from("row_credential", "");
      case READY, QUEUED ->
          from(
              "sheet_row",
              """
              and s.issue = 'READY' and %s exists (
                select from relay_run q
                where q.batch_id = s.batch_id and q.run = s.run and s.number <= q.reserved)
              """
                      .formatted(wanted == IssueStatus.READY ? "not" : "")
                  + NO_CREDENTIAL);
      case INVALID, FAILED, SKIPPED, CANCELLED ->
          from(
              "sheet_row",
              "and s.issue = cast(? as issue_state) and s.issue <> 'READY'" + NO_CREDENTIAL,
              wanted);
    }
  }

  private void from(String table, String condition, Enum<?>... wanted) {
    sql.append("select s.number from %s s where s.batch_id = ? and s.number > ? ".formatted(table))
        .append(condition);
    for (Enum<?> value : wanted) {
      values.add(value.name());
    }
  }
}
