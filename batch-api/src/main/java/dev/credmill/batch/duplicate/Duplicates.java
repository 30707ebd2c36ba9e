package dev.credmill.batch.duplicate;

import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds rows that say what another row says already, and makes rows findable for later ones. */
@ApplicationScoped
public class Duplicates {
  private final RowKeyTable table;

  Duplicates(RowKeyTable table) {
    this.table = table;
  }

  /**
   * What the rows of a chunk repeat, by row number: rows further up in the chunk or the batch, and
   * rows that the organization has issued. Their own keys are added; the transaction may come
   * before the one that stores the rows, since a key without its row counts for nothing.
   *
   * @param rows in number order
   */
  public Map<Integer, Duplicate> findAndAdd(
      OrganizationId organization, BatchId batch, List<RowIdentity> rows) throws SQLException {
    return findAndAdd(organization, batch, rows, rows.isEmpty() ? 0 : rows.getFirst().number());
  }

  /** The same for rows that come back into their batch: rows further down count as well. */
  public Map<Integer, Duplicate> findAndAddAmongAll(
      OrganizationId organization, BatchId batch, List<RowIdentity> rows) throws SQLException {
    return findAndAdd(organization, batch, rows, Integer.MAX_VALUE);
  }

  private Map<Integer, Duplicate> findAndAdd(
      OrganizationId organization, BatchId batch, List<RowIdentity> rows, int before)
      throws SQLException {
    RowKeys keys = new RowKeys(organization);
    Map<RowKeys.Key, Integer> first = new HashMap<>();
    Map<Integer, Duplicate> found = new HashMap<>();
    List<RowKeyTable.Entry> all = new ArrayList<>(rows.size() * 2);
    List<RowKeyTable.Entry> telling = new ArrayList<>(rows.size() * 2);
    for (RowIdentity row : rows) {
      List<RowKeys.Key> own = keys.of(row);
      own.forEach(key -> all.add(new RowKeyTable.Entry(key, row.number())));
      for (RowKeys.Key key : RowKeys.telling(row, own)) {
        telling.add(new RowKeyTable.Entry(key, row.number()));
        Integer earlier = first.putIfAbsent(key, row.number());
        if (earlier != null) {
          found.putIfAbsent(
              row.number(), new Duplicate(Duplicate.Kind.SAME_SHEET, new RowId(batch, earlier)));
        }
      }
    }
    // In the order of the index, so that neighbours in it are looked up and added together.
    telling.sort(RowKeyTable.Entry.BY_HASH);
    all.sort(RowKeyTable.Entry.BY_HASH);
    table
        .probe(batch, telling, before)
        .forEach((row, duplicate) -> found.merge(row, duplicate, RowKeyTable::graver));
    table.add(batch, all);
    return found;
  }

  /** Forgets rows that are about to say something else. */
  public void remove(OrganizationId organization, BatchId batch, List<RowIdentity> rows)
      throws SQLException {
    RowKeys keys = new RowKeys(organization);
    List<RowKeyTable.Entry> entries = new ArrayList<>();
    for (RowIdentity row : rows) {
      keys.of(row).forEach(key -> entries.add(new RowKeyTable.Entry(key, row.number())));
    }
    table.remove(batch, entries);
  }
}
