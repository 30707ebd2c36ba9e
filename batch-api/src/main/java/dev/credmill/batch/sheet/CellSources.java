package dev.credmill.batch.sheet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.contracts.registry.CredentialDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Where the cells of a sheet are said again by what was made of them: of most rows nothing else
 * need be kept, and a row is a third narrower for it.
 *
 * @param sources for each column what says it again; none at all where every cell is kept
 */
public record CellSources(List<Source> sources) {
  /** A sheet of which every cell is kept as it is. */
  public static final CellSources NONE = new CellSources(List.of());

  private static final Set<String> OF_NAMES =
      Set.of(
          CredentialDefinition.GIVEN_NAME,
          CredentialDefinition.FAMILY_NAME,
          CredentialDefinition.FULL_NAME);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The longest number of which every digit is kept. */
  private static final int MOST_DIGITS = 18;

  /** What a cell became. */
  public enum Kind {
    NOTHING,
    REFERENCE,
    FIRST_NAME,
    LAST_NAME,
    EMAIL,
    PHONE,
    LANGUAGE,
    EXPIRATION,
    /** A claim that is a text. */
    TEXT,
    /** A claim that is a whole number. */
    INTEGER
  }

  /**
   * What says a cell again.
   *
   * @param claim null where it is none
   */
  public record Source(Kind kind, String claim) {
    public Source {
      if ((kind == Kind.TEXT || kind == Kind.INTEGER) != (claim != null)) {
        throw new IllegalArgumentException("%s, and the claim is %s".formatted(kind, claim));
      }
    }

    private static final Source NOTHING = new Source(Kind.NOTHING, null);

    private static Source of(String name) {
      int end = name.indexOf(':');
      return end < 0
          ? new Source(Kind.valueOf(name), null)
          : new Source(Kind.valueOf(name.substring(0, end)), name.substring(end + 1));
    }

    private String name() {
      return claim == null ? kind.name() : kind.name() + ':' + claim;
    }
  }

  /**
   * What was made of a row, but for its claims; null for what it has not. A cell that was written
   * otherwise, as a phone number that is not in E.164, is kept.
   */
  public record Said(
      String reference,
      String firstName,
      String lastName,
      String email,
      String phone,
      String language,
      String expiration) {
    private String of(Kind kind) {
      return switch (kind) {
        case REFERENCE -> reference;
        case FIRST_NAME -> firstName;
        case LAST_NAME -> lastName;
        case EMAIL -> email;
        case PHONE -> phone;
        case LANGUAGE -> language;
        case EXPIRATION -> expiration;
        case NOTHING, TEXT, INTEGER -> null;
      };
    }
  }

  public CellSources {
    sources = List.copyOf(sources);
  }

  /** As a batch has them stored; null for a batch that is older than they are. */
  public static CellSources of(List<String> names) {
    return names == null ? NONE : new CellSources(names.stream().map(Source::of).toList());
  }

  /** As they are stored. */
  public List<String> names() {
    return sources.stream().map(Source::name).toList();
  }

  /** Those of a sheet with one definition. */
  public static CellSources of(SheetColumns columns, CredentialDefinition definition) {
    Source[] sources = new Source[columns.header().width()];
    Arrays.fill(sources, Source.NOTHING);
    put(sources, columns.reference(), Kind.REFERENCE, null);
    put(sources, columns.firstName(), Kind.FIRST_NAME, null);
    put(sources, columns.lastName(), Kind.LAST_NAME, null);
    put(sources, columns.email(), Kind.EMAIL, null);
    put(sources, columns.phone(), Kind.PHONE, null);
    put(sources, columns.language(), Kind.LANGUAGE, null);
    put(sources, columns.expiration(), Kind.EXPIRATION, null);
    for (int i = 0; i < definition.columns().size(); i++) {
      String claim = definition.columns().get(i).claim();
      String type =
          definition.claimsSchema().path("properties").path(claim).path("type").asText("string");
      if (!OF_NAMES.contains(claim)) {
        switch (type) {
          case "string" -> put(sources, columns.claims().get(i), Kind.TEXT, claim);
          case "integer" -> put(sources, columns.claims().get(i), Kind.INTEGER, claim);
          default -> {} // 2.50 and 2.5 are one number, yes and true one truth
        }
      }
    }
    return new CellSources(Arrays.asList(sources));
  }

  private static void put(Source[] sources, int column, Kind kind, String claim) {
    if (column >= 0 && sources[column].kind() == Kind.NOTHING) {
      sources[column] = new Source(kind, claim);
    }
  }

  /**
   * What has to be kept of the cells of a row without faults beside what was made of it: a JSON
   * array with null for each cell that is said again; null where all are.
   */
  public String rest(String[] cells, Said said) {
    if (cells.length != sources.size()) {
      return KeptCells.of(cells);
    }
    for (int i = 0; i < cells.length; i++) {
      if (!isSaid(i, cells[i], said)) {
        String[] rest = cells.clone();
        for (int j = 0; j < rest.length; j++) {
          rest[j] = isSaid(j, rest[j], said) ? null : rest[j];
        }
        return KeptCells.of(rest);
      }
    }
    return null;
  }

  private boolean isSaid(int column, String cell, Said said) {
    Kind kind = sources.get(column).kind();
    return switch (kind) {
      case TEXT -> cell.equals(cell.strip());
      case INTEGER -> isPlainInteger(cell);
      case NOTHING, REFERENCE, FIRST_NAME, LAST_NAME, EMAIL, PHONE, LANGUAGE, EXPIRATION -> {
        String value = said.of(kind);
        yield value == null ? cell.isEmpty() : value.equals(cell);
      }
    };
  }

  /** Whether a number is printed just so. */
  private static boolean isPlainInteger(String cell) {
    if (cell.isEmpty() || cell.equals("0")) {
      return true;
    }
    int from = cell.charAt(0) == '-' ? 1 : 0;
    if (cell.length() == from || cell.length() > MOST_DIGITS || cell.charAt(from) == '0') {
      return false;
    }
    for (int i = from; i < cell.length(); i++) {
      if (cell.charAt(i) < '0' || cell.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /**
   * The cells of a row as they were uploaded.
   *
   * @param kept what {@link #rest} has left
   * @param claims a JSON object; null where the row has none, which keeps all of its cells
   */
  public List<String> cells(String kept, Said said, String claims) {
    String[] cells = kept == null ? new String[sources.size()] : KeptCells.cells(kept);
    JsonNode values = null;
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] != null) {
        continue;
      }
      Source source = sources.get(i);
      if (source.claim() != null && values == null) {
        values = claims(claims);
      }
      String value =
          source.claim() == null ? said.of(source.kind()) : values.path(source.claim()).asText();
      cells[i] = value == null ? "" : value;
    }
    return List.of(cells);
  }

  private static JsonNode claims(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored claims are no object", e);
    }
  }
}
