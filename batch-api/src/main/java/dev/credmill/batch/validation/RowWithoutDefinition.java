package dev.credmill.batch.validation;

import dev.credmill.batch.sheet.Header;
import dev.credmill.batch.sheet.KeptCells;
import dev.credmill.batch.sheet.SheetColumns;
import java.util.List;

/** A row that names no definition that can be issued: kept with what it says, and invalid. */
final class RowWithoutDefinition {
  private static final int LONGEST = 200;
  private final Header header;

  RowWithoutDefinition(Header header) {
    this.header = header;
  }

  CheckedRow check(int number, String[] cells, int idColumn, String id) {
    String message =
        id.isEmpty()
            ? "Write the id of the definition that this row is of; GET /v1/credential-definitions lists them"
            : "There is no published definition of this id; GET /v1/credential-definitions lists yours";
    return new CheckedRow(
        number,
        -1,
        text(cells, SheetColumns.REFERENCE),
        text(cells, SheetColumns.FIRST_NAME),
        text(cells, SheetColumns.LAST_NAME),
        text(cells, SheetColumns.EMAIL),
        null,
        null,
        null,
        KeptCells.of(cells),
        null,
        List.of(
            new RowFault(
                header.shown(idColumn, SheetColumns.ID),
                id.isEmpty() ? "required" : "unknown-definition",
                message)));
  }

  private String text(String[] cells, String heading) {
    int index = header.indexOf(heading);
    String text = index < 0 || index >= cells.length ? "" : cells[index].strip();
    return text.isEmpty() ? null : text.substring(0, Math.min(text.length(), LONGEST));
  }
}
