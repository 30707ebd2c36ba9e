package dev.credmill.batch.duplicate;

import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Finds rows that say what another row says already, and makes rows findable for later ones. */
@ApplicationScoped
public class Duplicates {
  private final KnownRows known;
  private final RowKeyTable table;
  private final RowKeyPages pages;
  private final RowKeyVoid gone;

  Duplicates(KnownRows known, RowKeyTable table, RowKeyPages pages, RowKeyVoid gone) {
    this.known = known;
    this.table = table;
    this.pages = pages;
    this.gone = gone;
  }

  /**
   * What the rows of a block repeat, by row number: rows further up in the block, other rows of the
   * batch, and rows that the organization has issued. Their own keys are added, in the transaction
   * of the caller.
   */
  public Map<Integer, Duplicate> findAndAdd(BatchId batch, RowKeyBlock block) throws SQLException {
    int[] all = block.inOrder();
    Map<Integer, Duplicate> found = find(batch, block, all);
    table.add(batch, block, all);
    return found;
  }

  /** The same for rows that had no keys before: those of a large block are packed. */
  public Map<Integer, Duplicate> findAndAddNew(BatchId batch, RowKeyBlock block)
      throws SQLException {
    if (block.rows() < RowKeyPages.LEAST) {
      return findAndAdd(batch, block);
    }
    int[] all = block.inOrder();
    Map<Integer, Duplicate> found = find(batch, block, all);
    pages.add(batch, block, all);
    return found;
  }

  private Map<Integer, Duplicate> find(BatchId batch, RowKeyBlock block, int[] all)
      throws SQLException {
    int[] telling = block.tellingInOrder(all);
    Map<Integer, Duplicate> found = block.repeated(batch, telling);
    Map<RowKeys.Key, Duplicate> others = known.find(batch, block, telling);
    if (!others.isEmpty()) {
      for (int place : telling) {
        Duplicate duplicate = others.get(block.key(place));
        RowId row = new RowId(batch, block.number(place));
        if (duplicate != null && !duplicate.of().equals(row)) {
          found.merge(row.number(), duplicate, Duplicate::graver);
        }
      }
    }
    return found;
  }

  /** Forgets rows that are about to say something else. */
  public void remove(OrganizationId organization, BatchId batch, List<RowIdentity> rows)
      throws SQLException {
    RowKeyBlock block = new RowKeyBlock(organization);
    rows.forEach(block::add);
    table.remove(batch, block);
    gone.add(batch, block);
  }
}
