package dev.credmill.registry.sheet;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One column of a sheet, with what an issuer needs to know of it.
 *
 * @param hint what to write into a cell, in one sentence; empty where anything may be written
 * @param details what else there is to say
 */
record SheetColumn(String heading, Need need, Cells cells, String hint, List<String> details) {

  /** Which rows have to fill a column. */
  enum Need {
    REQUIRED("Required."),
    OPTIONAL("Optional: leave the cell empty where there is nothing to say."),
    BY_DEFINITION("It depends on the definition that the row names in the column ID.");

    final String words;

    Need(String words) {
      this.words = words;
    }
  }

  SheetColumn {
    requireNonNull(heading, "heading");
    requireNonNull(need, "need");
    requireNonNull(cells, "cells");
    requireNonNull(hint, "hint");
    details = List.copyOf(details);
  }

  /** Everything about the column, a sentence per line. */
  String explanation() {
    return Stream.of(List.of(need.words), instructions())
        .flatMap(List::stream)
        .collect(Collectors.joining("\n"));
  }

  /** The same without saying whether it is required. */
  List<String> instructions() {
    List<String> lines = new ArrayList<>();
    if (!hint.isEmpty()) {
      lines.add(hint);
    }
    lines.addAll(details);
    return lines;
  }

  SheetColumn under(String otherHeading) {
    return new SheetColumn(otherHeading, need, cells, hint, details);
  }
}
