package dev.credmill.registry.sheet;

import dev.credmill.registry.sheet.SheetColumn.Need;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The columns of several definitions side by side. Those with the same heading become one, and what
 * the definitions say of it differently stands beside their names.
 */
final class SharedColumns {
  private static final int MOST_NAMED = 10;
  private final Map<String, Map<String, SheetColumn>> byHeading = new LinkedHashMap<>();
  private int definitions;

  void add(String definitionId, List<SheetColumn> columns) {
    definitions++;
    for (SheetColumn column : columns) {
      byHeading
          .computeIfAbsent(key(column.heading()), _ -> new LinkedHashMap<>())
          .put(definitionId, column);
    }
  }

  List<SheetColumn> columns() {
    return byHeading.values().stream().map(this::shared).toList();
  }

  /** Headings are matched without regard to case and surrounding space when a sheet is read. */
  private static String key(String heading) {
    return heading.strip().toLowerCase(Locale.ROOT);
  }

  private SheetColumn shared(Map<String, SheetColumn> byDefinition) {
    String heading = byDefinition.values().iterator().next().heading();
    List<SheetColumn> uses =
        byDefinition.values().stream().map(use -> use.under(heading)).distinct().toList();
    SheetColumn first = uses.getFirst();
    if (uses.size() == 1 && byDefinition.size() == definitions) {
      return first;
    }
    List<String> requiring = definitionsThat(Need.REQUIRED, byDefinition);
    List<String> allowing = definitionsThat(Need.OPTIONAL, byDefinition);
    List<String> details = new ArrayList<>();
    if (!requiring.isEmpty() && requiring.size() < definitions) {
      details.add("Required for: " + named(requiring));
    }
    if (!allowing.isEmpty() && allowing.size() < definitions) {
      details.add("Optional for: " + named(allowing));
    }
    boolean sameHint = uses.stream().map(SheetColumn::hint).distinct().count() == 1;
    List<String> common = new ArrayList<>(first.details());
    uses.forEach(use -> common.retainAll(use.details()));
    details.addAll(common);
    byDefinition.forEach(
        (definition, use) -> {
          List<String> own = new ArrayList<>(sameHint ? use.details() : use.instructions());
          own.removeAll(common);
          if (!own.isEmpty()) {
            details.add(definition + ": " + String.join(" ", own));
          }
        });
    return new SheetColumn(
        heading, need(requiring), cells(uses), sameHint ? first.hint() : "", details);
  }

  private Need need(List<String> requiring) {
    if (requiring.isEmpty()) {
      return Need.OPTIONAL;
    }
    return requiring.size() == definitions ? Need.REQUIRED : Need.BY_DEFINITION;
  }

  private static List<String> definitionsThat(Need need, Map<String, SheetColumn> byDefinition) {
    return byDefinition.entrySet().stream()
        .filter(use -> use.getValue().need() == need)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What holds for all of them: where they differ in kind, text alone takes everything. */
  private static Cells cells(List<SheetColumn> uses) {
    List<Cells> kinds = uses.stream().map(SheetColumn::cells).distinct().toList();
    if (kinds.size() == 1) {
      return kinds.getFirst();
    }
    if (kinds.stream().allMatch(Cells.Choice.class::isInstance)) {
      return new Cells.Choice(
          kinds.stream()
              .map(Cells.Choice.class::cast)
              .map(Cells.Choice::values)
              .flatMap(List::stream)
              .distinct()
              .toList());
    }
    return Cells.ANY_TEXT;
  }

  private static String named(List<String> definitions) {
    String names = definitions.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    return definitions.size() <= MOST_NAMED
        ? names
        : names + " and %d more".formatted(definitions.size() - MOST_NAMED);
  }
}
