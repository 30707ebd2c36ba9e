package dev.credmill.batch.validation;

import dev.credmill.batch.duplicate.RowIdentity;
import dev.credmill.batch.sheet.CellSources;
import dev.credmill.batch.sheet.Header;
import dev.credmill.batch.sheet.SheetColumns;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.CredentialDefinition;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Checks each row by the definition that it is of: the one of the upload, or the one that the row
 * names in the column ID. Not for use by several threads.
 */
public final class SheetValidator {
  /** Each is asked of the registry once; a column of random words must not ask a million times. */
  private static final int MOST_DEFINITIONS = 100;

  private final Header header;
  private final Set<Medium> media;
  private final String phoneRegion;
  private final LocalDate today;
  private final Function<String, Optional<CredentialDefinition>> registry;
  private final List<String> definitionIds;
  private final int idColumn;
  private final RowValidator only;
  private final Map<String, RowValidator> byId = new HashMap<>();
  private final RowWithoutDefinition withoutDefinition;

  /**
   * @param byIdColumn whether each row names its definition
   * @param definitionIds those already known of the batch, in their order
   * @param sources where rows of the one definition say their cells again
   * @param registry finds a definition of the organization
   * @throws ProblemException when the header does not fit
   */
  SheetValidator(
      Header header,
      boolean byIdColumn,
      List<String> definitionIds,
      CellSources sources,
      Set<Medium> media,
      String phoneRegion,
      LocalDate today,
      Function<String, Optional<CredentialDefinition>> registry) {
    this.header = header;
    this.media = media;
    this.phoneRegion = phoneRegion;
    this.today = today;
    this.registry = registry;
    this.definitionIds = new ArrayList<>(definitionIds);
    if (byIdColumn) {
      SheetColumns.mustServeSeveral(header, media);
      this.idColumn = header.indexOf(SheetColumns.ID);
      this.only = null;
    } else {
      this.idColumn = -1;
      CredentialDefinition definition = only(definitionIds.getFirst());
      SheetColumns columns = SheetColumns.match(header, definition, media);
      this.only =
          new RowValidator(
              definition,
              0,
              columns,
              // Of a batch that another version of this took in it may say otherwise.
              CellSources.of(columns, definition).equals(sources) ? sources : CellSources.NONE,
              media,
              phoneRegion,
              today);
    }
    this.withoutDefinition = new RowWithoutDefinition(header);
  }

  private CredentialDefinition only(String id) {
    return registry
        .apply(id)
        .orElseThrow(
            () ->
                ProblemType.DEFINITION_UNKNOWN.because(
                    "The definition \"%s\" is gone".formatted(id)));
  }

  public CheckedRow check(int number, String[] cells) {
    if (only != null) {
      return only.check(number, cells);
    }
    String id = idColumn < cells.length ? cells[idColumn].strip() : "";
    if (!byId.containsKey(id)) {
      if (byId.size() == MOST_DEFINITIONS) {
        throw ProblemType.SHEET_LIMIT_EXCEEDED.because(
            "The column ID holds more than %d different ids; split the sheet"
                .formatted(MOST_DEFINITIONS));
      }
      byId.put(id, validator(id));
    }
    RowValidator validator = byId.get(id);
    return validator == null
        ? withoutDefinition.check(number, cells, idColumn, id)
        : validator.check(number, cells);
  }

  /** What tells a row that was checked here from others. */
  RowIdentity identity(CheckedRow row) {
    return row.identity(definitionIds);
  }

  /** The definitions that rows are of, in the order of their first row. */
  public List<String> definitionIds() {
    return List.copyOf(definitionIds);
  }

  /**
   * Columns that no definition of the sheet has; none where there is only one, which checks that.
   */
  List<String> unusedHeadings() {
    if (only != null) {
      return List.of();
    }
    Set<Integer> used = new HashSet<>();
    used.add(idColumn);
    for (String id : definitionIds) {
      registry
          .apply(id)
          .ifPresent(d -> used.addAll(SheetColumns.among(header, d, media).indexes()));
    }
    List<String> unused = new ArrayList<>();
    for (int i = 0; i < header.width(); i++) {
      if (!used.contains(i) && !header.meaning().get(i).isBlank()) {
        unused.add(header.shown(i, ""));
      }
    }
    return unused;
  }

  private RowValidator validator(String id) {
    CredentialDefinition definition =
        id.isEmpty()
            ? null
            : registry.apply(id).filter(CredentialDefinition::published).orElse(null);
    if (definition == null) {
      return null;
    }
    int ordinal = definitionIds.indexOf(id);
    if (ordinal < 0) {
      ordinal = definitionIds.size();
      definitionIds.add(id);
    }
    SheetColumns columns = SheetColumns.among(header, definition, media);
    return new RowValidator(
        definition, ordinal, columns, CellSources.NONE, media, phoneRegion, today);
  }
}
