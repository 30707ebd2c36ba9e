package dev.credmill.batch.sheet;

/**
 * Follows the quotation marks of one record from line to line. As in RFC 4180 and in spreadsheet
 * programs a mark opens a cell only as its first character; elsewhere it is an inch sign.
 */
final class QuotedCells {
  enum State {
    CLOSED,
    OPEN,
    TEXT_BEHIND_CELL
  }

  private final char delimiter;
  private boolean open;

  QuotedCells(char delimiter) {
    this.delimiter = delimiter;
  }

  /** How the record stands after one more line. */
  State after(String line) {
    int at = 0;
    while (true) {
      if (!open) {
        if (at >= line.length() || line.charAt(at) != '"') {
          at = line.indexOf(delimiter, at) + 1;
          if (at == 0) {
            return State.CLOSED;
          }
          continue;
        }
        open = true;
        at++;
      }
      int end = closing(line, at);
      if (end < 0) {
        return State.OPEN;
      }
      open = false;
      if (end == line.length()) {
        return State.CLOSED;
      }
      if (line.charAt(end) != delimiter) {
        return State.TEXT_BEHIND_CELL;
      }
      at = end + 1;
    }
  }

  /** The place behind the mark that closes the cell, -1 when none does; doubled marks are text. */
  private static int closing(String line, int from) {
    int mark = line.indexOf('"', from);
    while (mark >= 0) {
      if (mark + 1 >= line.length() || line.charAt(mark + 1) != '"') {
        return mark + 1;
      }
      mark = line.indexOf('"', mark + 2);
    }
    return -1;
  }
}
