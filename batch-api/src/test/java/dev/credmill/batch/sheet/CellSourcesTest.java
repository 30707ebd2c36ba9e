package dev.credmill.batch.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.batch.CatalogueTestResource;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.registry.CredentialDefinition;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellSourcesTest {
  private static final CredentialDefinition DEFINITION =
      CatalogueTestResource.definition("diploma", new OrganizationId("acme"), true);
  private static final List<String> HEADER =
      List.of("Degree", "First Name", "Phone", "Email", "Hours", "Expiration", "Language");
  private static final String[] PLAIN = {
    "BSc \"hon\", 1st", "Zoë", "+4930901820", "zoe@example.org", "12", "P18M", "pt-BR"
  };
  private static final CellSources.Said SAID =
      new CellSources.Said(null, "Zoë", null, "zoe@example.org", "+4930901820", "pt-BR", "P18M");
  private static final String CLAIMS =
      "{\"fullName\":\"Zoë\",\"degree\":\"BSc \\\"hon\\\", 1st\",\"hours\":12}";

  private static final Map<String, String> MAPPING =
      Map.of("Vorname", "First Name", "Mail", "Email");

  private final CellSources sources = sources(HEADER);

  private static CellSources sources(List<String> header) {
    return sources(header, Medium.EMAIL);
  }

  private static CellSources sources(List<String> header, Medium medium) {
    return CellSources.of(
        SheetColumns.among(Header.of(header), DEFINITION, Set.of(medium)), DEFINITION);
  }

  @Test
  void nothingIsKeptOfARowThatSaysAllOfItsCells() {
    assertThat(sources.rest(PLAIN, SAID)).isNull();
    assertThat(sources.cells(null, SAID, CLAIMS)).containsExactly(PLAIN);
  }

  @ParameterizedTest
  @CsvSource({
    "0, ' BSc \"hon\", 1st'", // stripped
    "1, 'Zoë '",
    "2, 030 901820", // national
    "3, ' zoe@example.org'",
    "4, 012",
    "4, +12",
    "4, ' 12'",
    "5, 18 months",
    "6, pt-br",
    "6, ' '",
  })
  void aCellThatWasWrittenOtherwiseIsKeptAlone(int column, String cell) {
    // Given
    String[] cells = PLAIN.clone();
    cells[column] = cell;
    // When
    String kept = sources.rest(cells, SAID);
    // Then
    assertThat(kept).hasSize(2 + 6 * "null,".length() + cell.length() + escapes(cell) + 2);
    assertThat(sources.cells(kept, SAID, CLAIMS)).containsExactly(cells);
  }

  private static int escapes(String cell) {
    return (int) cell.chars().filter(c -> c == '"').count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-3", "-0", "00", "-", "1e3", "999999999999999999"})
  void wholeNumbersAreSaidAgainOnlyAsTheyArePrinted(String cell) {
    // Given
    String[] cells = PLAIN.clone();
    cells[4] = cell;
    // When
    String kept = sources.rest(cells, SAID);
    // Then
    boolean plain = cell.matches("0|-?[1-9][0-9]*");
    assertThat(kept == null).isEqualTo(plain);
    if (plain) {
      assertThat(sources.cells(null, SAID, CLAIMS.replace("12", cell)).get(4)).isEqualTo(cell);
    }
  }

  @Test
  void emptyCellsAreSaidByWhatTheRowHasNot() {
    // Given
    String[] cells = {"BSc", "Zoë", "", "zoe@example.org", "", "", ""};
    CellSources.Said said =
        new CellSources.Said(null, "Zoë", null, "zoe@example.org", null, null, null);
    // Then
    assertThat(sources.rest(cells, said)).isNull();
    assertThat(sources.cells(null, said, "{\"degree\":\"BSc\"}")).containsExactly(cells);
  }

  @Test
  void rowsOfAnotherLengthThanTheHeaderAreKeptWhole() {
    String[] fewer = {"BSc", "Zoë"};
    assertThat(sources.cells(sources.rest(fewer, SAID), SAID, CLAIMS)).containsExactly(fewer);
  }

  @Test
  void whereNothingIsSaidAgainEveryCellIsKept() {
    assertThat(CellSources.NONE.rest(PLAIN, SAID)).isEqualTo(KeptCells.of(PLAIN));
    assertThat(CellSources.NONE.cells(KeptCells.of(PLAIN), SAID, null)).containsExactly(PLAIN);
  }

  @Test
  void columnsThatMeanNothingAreKeptUnlessTheyAreEmpty() {
    // Given: a blank heading
    CellSources some = sources(List.of("First Name", "Email", "Degree", ""));
    // Then
    assertThat(some.rest(new String[] {"Zoë", "zoe@example.org", "BSc", "seat 7"}, SAID))
        .isEqualTo("[null,null,null,\"seat 7\"]");
    assertThat(some.rest(new String[] {"Zoë", "zoe@example.org", "BSc", ""}, SAID)).isNull();
  }

  @Test
  void ofTwoColumnsForOneThingTheOneThatCountsIsSaidAgain() {
    CellSources both = sources(List.of("First Name", "Email", "Contact", "Degree"), Medium.EMAIL);
    assertThat(both.names()).containsExactly("FIRST_NAME", "EMAIL", "NOTHING", "TEXT:degree");
    CellSources expirations =
        sources(
            List.of("First Name", "Email", "Degree", "Expiration Date/Duration", "Expiration"),
            Medium.EMAIL);
    assertThat(expirations.names())
        .containsExactly("FIRST_NAME", "EMAIL", "TEXT:degree", "NOTHING", "EXPIRATION");
  }

  @Test
  void aContactIsWhatItsMediumMakesOfIt() {
    List<String> header = List.of("First Name", "Contact", "Degree");
    assertThat(sources(header, Medium.EMAIL).names()).contains("EMAIL");
    assertThat(sources(header, Medium.SMS).names()).contains("PHONE");
  }

  @Test
  void headingsCountByWhatTheyAreMappedTo() {
    Header header = Header.of(List.of("Vorname", "Mail", "Degree"), MAPPING);
    SheetColumns columns = SheetColumns.match(header, DEFINITION, Set.of(Medium.EMAIL));
    assertThat(CellSources.of(columns, DEFINITION).names())
        .containsExactly("FIRST_NAME", "EMAIL", "TEXT:degree");
  }

  @Test
  void numbersAndTruthsThatCanBeWrittenInSeveralWaysAreKept() throws IOException {
    // Given
    CredentialDefinition definition =
        withColumns(
            """
            {"properties": {"share": {"type": "number"}, "passed": {"type": "boolean"},
              "fullName": {"type": "string"}, "note": {}}}
            """,
            "share",
            "passed",
            "fullName",
            "note");
    Header header = Header.of(List.of("First Name", "share", "passed", "fullName", "note"));
    // When
    CellSources some = CellSources.of(SheetColumns.match(header, definition, Set.of()), definition);
    // Then
    assertThat(some.names())
        .containsExactly("FIRST_NAME", "NOTHING", "NOTHING", "NOTHING", "TEXT:note");
    CellSources.Said said = new CellSources.Said(null, "Zoë", null, null, null, null, null);
    String[] cells = {"Zoë", "2.50", "yes", "Z", "x"};
    assertThat(some.rest(cells, said)).isEqualTo("[null,\"2.50\",\"yes\",\"Z\",null]");
  }

  private static CredentialDefinition withColumns(String schema, String... claims)
      throws IOException {
    return new CredentialDefinition(
        "d",
        DEFINITION.organization(),
        true,
        "D",
        null,
        "D",
        "d",
        new ObjectMapper().readTree(schema),
        Arrays.stream(claims)
            .map(claim -> new CredentialDefinition.Column(claim, claim, false))
            .toList(),
        null,
        null,
        List.of("vc+jwt"),
        null,
        null,
        DEFINITION.display());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TEXT", "INTEGER", "EMAIL:x", "MOON"})
  void whatIsStoredWrongIsNotReadAsAnythingElse(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> CellSources.of(List.of(name)));
  }

  @Test
  void theyAreStoredByName() {
    assertThat(sources.names())
        .containsExactly(
            "TEXT:degree",
            "FIRST_NAME",
            "PHONE",
            "EMAIL",
            "INTEGER:hours",
            "EXPIRATION",
            "LANGUAGE");
    assertThat(CellSources.of(sources.names())).isEqualTo(sources);
    assertThat(CellSources.of((List<String>) null)).isEqualTo(CellSources.NONE);
  }

  @Test
  void onlyACellThatIsKeptNeedsCorrecting() {
    assertThat(KeptCells.corrected(null, 1, "new")).isNull();
    assertThat(KeptCells.corrected("[null,\"old\"]", 1, "new")).isEqualTo("[null,\"new\"]");
    assertThat(KeptCells.corrected("[null,\"old\"]", 0, "new")).isEqualTo("[null,\"old\"]");
    assertThat(KeptCells.corrected("[\"a\"]", 2, "new")).isEqualTo("[\"a\",\"\",\"new\"]");
    assertThat(KeptCells.corrected("[\"old\"]", -1, "new")).isEqualTo("[\"old\"]");
  }
}
