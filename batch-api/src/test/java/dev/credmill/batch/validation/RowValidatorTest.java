package dev.credmill.batch.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.batch.CatalogueTestResource;
import dev.credmill.batch.sheet.CellSources;
import dev.credmill.batch.sheet.Header;
import dev.credmill.batch.sheet.SheetColumns;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.registry.CredentialDefinition;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowValidatorTest {
  private static final String[] HEADER = {
    "First Name",
    "Last Name",
    "Email",
    "Phone",
    "Expiration",
    "Language",
    "Degree",
    "Graduation Date",
    "Level",
    "Hours",
    "Notes"
  };
  private static final CredentialDefinition DEFINITION =
      CatalogueTestResource.definition("diploma", new OrganizationId("acme"), true);

  private final RowValidator validator =
      new RowValidator(
          DEFINITION,
          0,
          SheetColumns.match(Header.of(List.of(HEADER)), DEFINITION, Set.of(Medium.EMAIL)),
          CellSources.NONE,
          Set.of(Medium.EMAIL),
          "DE",
          LocalDate.of(2026, 11, 22));

  private CheckedRow row(String... cells) {
    return validator.check(2, cells);
  }

  @Test
  void cellsBecomeClaimsOfTheSchemasTypes() {
    // When
    CheckedRow row =
        row(
            " Zoë ",
            "Ng",
            "zoe@example.org",
            "030 901820",
            "",
            "pt-br",
            "BSc \"hon\"",
            "2026-06-30",
            "gold",
            "12");
    // Then
    assertThat(row.faults()).isEmpty();
    assertThat(row.claims())
        .isEqualTo(
            """
            {"fullName":"Zoë Ng","degree":"BSc \\"hon\\"","graduated":"2026-06-30","level":"gold","hours":12}""");
    assertThat(row.phone()).isEqualTo("+4930901820");
    assertThat(row.language()).isEqualTo("pt-BR");
    assertThat(row.expiration()).isNull();
  }

  @Test
  void emptyOptionalCellsLeaveTheirClaimsOut() {
    assertThat(row("Ada", "", "ada@example.org", "", "", "", "BSc", "", "", "").claims())
        .isEqualTo("{\"fullName\":\"Ada\",\"degree\":\"BSc\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "2, nobody, Email, email",
    "2, a@b@c.org, Email, email",
    "2, '', Email, required",
    "0, '', First Name, required",
    "3, 12, Phone, phone",
    "4, yesterday, Expiration, expiration",
    "4, 2020-01-01, Expiration, past",
    "4, P0D, Expiration, expiration",
    "4, -P1Y, Expiration, expiration",
    "4, 9999 years, Expiration, expiration",
    "5, not a language, Language, language",
    "6, '', Degree, required",
    "6, 0123456789012345678901234567890123456789x, Degree, too-long",
    "7, 30.06.2026, Graduation Date, format",
    "7, 2026-02-30, Graduation Date, format",
    "8, bronze, Level, not-allowed",
    "9, many, Hours, type",
    "9, 99999999999999999999, Hours, type",
    "9, 0, Hours, minimum",
  })
  void aWrongCellIsToldWithColumnAndCode(int index, String cell, String column, String code) {
    // Given
    String[] cells = {"Ada", "Example", "ada@example.org", "", "", "", "BSc", "", "", ""};
    cells[index] = cell;
    // When
    CheckedRow row = row(cells);
    // Then
    assertThat(row.faults()).hasSize(1);
    assertThat(row.faults().getFirst().column()).isEqualTo(column);
    assertThat(row.faults().getFirst().code()).isEqualTo(code);
    assertThat(row.claims()).isNull();
    assertThat(row.cells()).contains("\"Example\"");
  }

  @ParameterizedTest
  @CsvSource({
    "2028-12-31, 2028-12-31",
    "P2Y, P2Y",
    "p18m, P18M",
    "18 months, P18M",
    "365 days, P365D",
    "1 Year, P1Y",
    "2weeks, P14D",
  })
  void anExpirationIsADateOrADuration(String cell, String normalized) {
    assertThat(row("Ada", "", "ada@example.org", "", cell, "", "BSc", "", "", "").expiration())
        .isEqualTo(normalized);
  }

  @Test
  void aLineBreakInANameIsRefusedSinceNamesGoIntoHeaders() {
    assertThat(row("Ada\r\nBcc: x", "", "ada@example.org", "", "", "", "BSc", "", "", "").faults())
        .extracting(RowFault::code)
        .containsExactly("control-character");
  }

  @Test
  void claimsThatNoEventCouldCarryAreRefused() {
    assertThat(
            row("Ada", "", "ada@example.org", "", "", "", "BSc", "", "", "", "\"".repeat(40_000))
                .faults())
        .extracting(RowFault::code)
        .containsExactly("too-long");
  }

  @Test
  void moreCellsThanColumnsAreToldUnlessTheyAreEmpty() {
    String[] cells = {"Ada", "", "ada@example.org", "", "", "", "BSc", "", "", "", "", "", "x"};
    assertThat(row(cells).faults()).extracting(RowFault::code).containsExactly("surplus-cell");
    cells[12] = " ";
    assertThat(row(cells).faults()).isEmpty();
  }
}
