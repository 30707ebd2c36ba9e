package dev.credmill.registry.sheet;

import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.registry.sheet.SheetColumn.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The empty sheet that an issuer fills in: a heading per column and nothing below it, since a
 * sample row would be issued by mistake one day.
 *
 * @param definitions what its rows can become; several where there is a column for that
 * @param columns in their order
 */
record Sheet(List<CredentialDefinition> definitions, Set<Medium> media, List<SheetColumn> columns) {
  static final String DEFINITION_COLUMN = "ID";

  /** As many as an uploaded sheet may have. */
  private static final int MOST_COLUMNS = 512;

  Sheet {
    definitions = List.copyOf(definitions);
    media = Set.copyOf(media);
    columns = List.copyOf(columns);
  }

  /**
   * The sheet of one definition.
   *
   * @param withOptional whether to add the columns that most sheets do without
   */
  static Sheet of(CredentialDefinition definition, Set<Medium> media, boolean withOptional) {
    return new Sheet(List.of(definition), media, columns(definition, media, withOptional));
  }

  /** A sheet in which each row names its definition in the first column. */
  static Sheet ofSeveral(
      List<CredentialDefinition> definitions, Set<Medium> media, boolean withOptional) {
    SharedColumns shared = new SharedColumns();
    definitions.forEach(
        definition -> shared.add(definition.id(), columns(definition, media, withOptional)));
    List<SheetColumn> columns = new ArrayList<>();
    columns.add(
        new SheetColumn(
            DEFINITION_COLUMN,
            Need.REQUIRED,
            new Cells.Choice(definitions.stream().map(CredentialDefinition::id).toList()),
            "Choose which credential this recipient gets.",
            List.of("The sheet Instructions tells what each of them is.")));
    columns.addAll(shared.columns());
    if (columns.size() > MOST_COLUMNS) {
      throw ProblemType.SHEET_LIMIT_EXCEEDED.because(
          "These definitions need %d columns together, a sheet has %d at most: ask for fewer definitions at once"
              .formatted(columns.size(), MOST_COLUMNS));
    }
    return new Sheet(definitions, media, columns);
  }

  List<String> headings() {
    return columns.stream().map(SheetColumn::heading).toList();
  }

  /** Whether each row names its definition. */
  boolean namesDefinitions() {
    return columns.getFirst().heading().equals(DEFINITION_COLUMN);
  }

  private static List<SheetColumn> columns(
      CredentialDefinition definition, Set<Medium> media, boolean withOptional) {
    return Stream.concat(
            RecipientColumns.of(definition, media, withOptional).stream(),
            definition.columns().stream()
                .map(
                    column ->
                        ClaimColumn.of(
                            column,
                            definition.claimsSchema().path("properties").path(column.claim()))))
        .toList();
  }
}
