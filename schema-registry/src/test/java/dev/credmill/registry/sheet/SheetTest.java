package dev.credmill.registry.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.registry.sheet.SheetColumn.Need;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SheetTest {
  private static final CredentialDefinition DIPLOMA =
      Definitions.named(
          "Diploma",
          "[\"degree\"]",
          """
          {"degree": {"type": "string", "title": "Degree"},
           "grade": {"type": "string", "title": "Grade, final"}}
          """);

  @Test
  void theColumnsFollowFromMediaAndClaims() {
    assertThat(Sheet.of(DIPLOMA, EnumSet.of(Medium.SMS, Medium.EMAIL), true).headings())
        .containsExactly(
            "Reference",
            "First Name",
            "Last Name",
            "Email",
            "Phone",
            "Expiration",
            "Language",
            "Degree",
            "Grade, final");
    assertThat(Sheet.of(DIPLOMA, Set.of(), false).headings())
        .containsExactly("First Name", "Last Name", "Expiration", "Degree", "Grade, final");
  }

  @Test
  void theFileIsWhatExcelKeepsAsItIs() {
    assertThat(SheetCsv.of(Sheet.of(DIPLOMA, Set.of(Medium.EMAIL), false)))
        .isEqualTo("\uFEFFFirst Name,Last Name,Email,Expiration,Degree,\"Grade, final\"\r\n");
  }

  @Test
  void theLastNameIsRequiredWhereTheSchemaRequiresTheFamilyName() {
    // Given
    CredentialDefinition withFamilyName =
        Definitions.named("Pass", "[\"familyName\"]", "{\"familyName\": {\"type\": \"string\"}}");
    // Then
    assertThat(column(Sheet.of(DIPLOMA, Set.of(), false), "Last Name").need())
        .isEqualTo(Need.OPTIONAL);
    assertThat(column(Sheet.of(withFamilyName, Set.of(), false), "Last Name").need())
        .isEqualTo(Need.REQUIRED);
  }

  @Test
  void aColumnIsExplainedAsItsSchemaDescribesIt() {
    // Given
    CredentialDefinition course =
        Definitions.named(
            "Course",
            "[\"hours\"]",
            """
            {"hours": {"type": "integer", "title": "Hours", "minimum": 1, "maximum": 10000, "description": "Of teaching"},
             "number": {"type": "string", "title": "Number", "pattern": "^M-[0-9]{5}$", "maxLength": 7, "examples": ["M-00421"]},
             "level": {"type": "string", "title": "Level", "enum": ["A", "B, with honours"]},
             "on": {"type": "string", "title": "On", "format": "date"},
             "passed": {"type": "boolean", "title": "Passed"},
             "share": {"type": "number", "title": "Share", "exclusiveMinimum": 0.5, "maximum": 1}}
            """);
    // When
    Sheet sheet = Sheet.of(course, Set.of(), false);
    // Then
    assertThat(column(sheet, "Hours").explanation())
        .isEqualTo("Required.\nA whole number from 1 to 10000.\nOf teaching");
    assertThat(column(sheet, "Number").instructions())
        .containsExactly(
            "At most 7 characters.", "It must match the pattern ^M-[0-9]{5}$", "Example: M-00421");
    assertThat(column(sheet, "Level").explanation())
        .startsWith("Optional")
        .endsWith("One of: A | B, with honours");
    assertThat(column(sheet, "On").cells()).isEqualTo(new Cells.Day());
    assertThat(column(sheet, "Passed").cells()).isEqualTo(new Cells.Choice(List.of("yes", "no")));
    assertThat(column(sheet, "Share").instructions())
        .containsExactly("A number up to 1.", "More than 0.5.");
  }

  @Test
  void definitionsShareTheColumnsThatAreHeadedTheSame() {
    // Given
    CredentialDefinition membership =
        Definitions.named(
            "Membership",
            "[\"level\"]",
            """
            {"level": {"type": "string", "title": "Level", "enum": ["Fellow"]},
             "since": {"type": "string", "title": "Since", "format": "date"}}
            """);
    CredentialDefinition course =
        Definitions.named(
            "Course",
            "[]",
            """
            {"grade": {"type": "string", "title": "level", "enum": ["A", "B"]},
             "since": {"type": "integer", "title": "Since"}}
            """);
    // When
    Sheet sheet = Sheet.ofSeveral(List.of(membership, course), Set.of(Medium.EMAIL), false);
    // Then
    assertThat(sheet.headings())
        .containsExactly("ID", "First Name", "Last Name", "Email", "Expiration", "Level", "Since");
    assertThat(column(sheet, "ID").cells())
        .isEqualTo(new Cells.Choice(List.of("membership", "course")));
    SheetColumn level = column(sheet, "Level");
    assertThat(level.need()).isEqualTo(Need.BY_DEFINITION);
    assertThat(level.cells()).isEqualTo(new Cells.Choice(List.of("Fellow", "A", "B")));
    assertThat(level.details())
        .containsExactly(
            "Required for: membership",
            "Optional for: course",
            "membership: One of: Fellow",
            "course: One of: A | B");
    assertThat(column(sheet, "Since").cells()).isEqualTo(Cells.ANY_TEXT);
    assertThat(column(sheet, "Email").explanation()).doesNotContain("course");
  }

  @Test
  void aColumnThatOnlySomeDefinitionsHaveSaysForWhich() {
    // When
    Sheet sheet =
        Sheet.ofSeveral(
            List.of(
                DIPLOMA,
                Definitions.named(
                    "Pass", "[]", "{\"gate\": {\"type\": \"string\", \"title\": \"Gate\"}}")),
            Set.of(),
            false);
    // Then
    assertThat(column(sheet, "Degree").details()).containsExactly("Required for: diploma");
    assertThat(column(sheet, "Gate").explanation()).contains("Optional for: pass");
  }

  @Test
  void whatDefinitionsSayInCommonIsSaidOnce() {
    // Given
    CredentialDefinition yearly = Definitions.valid(DIPLOMA, "yearly", "P1Y");
    // When
    Sheet sheet = Sheet.ofSeveral(List.of(DIPLOMA, yearly), Set.of(), false);
    // Then
    SheetColumn expiration = column(sheet, "Expiration");
    assertThat(expiration.hint()).contains("18 months");
    assertThat(expiration.need()).isEqualTo(Need.OPTIONAL);
    assertThat(expiration.details())
        .containsExactly(
            "The credential ends with that day (UTC); a duration counts from the day of issue.",
            "diploma: Left empty, the credential does not expire.",
            "yearly: Left empty, it is valid for P1Y.");
  }

  @Test
  void moreColumnsThanASheetMayHaveAreRefused() {
    // Given
    List<CredentialDefinition> wide =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    Definitions.named(
                        "Wide" + i,
                        "[]",
                        IntStream.range(0, 100)
                            .mapToObj(
                                n ->
                                    "\"c%d\": {\"type\": \"string\", \"title\": \"%d of %d\"}"
                                        .formatted(n, n, i))
                            .collect(Collectors.joining(", ", "{", "}"))))
            .toList();
    // Then
    assertThatThrownBy(() -> Sheet.ofSeveral(wide, Set.of(), false))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("604 columns");
    assertThat(Sheet.ofSeveral(wide.subList(0, 5), Set.of(), false).headings()).hasSize(504);
  }

  private static SheetColumn column(Sheet sheet, String heading) {
    return sheet.columns().stream()
        .filter(column -> column.heading().equals(heading))
        .findFirst()
        .orElseThrow();
  }
}
