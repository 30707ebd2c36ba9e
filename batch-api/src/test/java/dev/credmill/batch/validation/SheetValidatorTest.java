package dev.credmill.batch.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.batch.CatalogueTestResource;
import dev.credmill.batch.sheet.CellSources;
import dev.credmill.batch.sheet.Header;
import dev.credmill.batch.sheet.KeptCells;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.registry.CredentialDefinition;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SheetValidatorTest {
  private static final CredentialDefinition DEFINITION =
      CatalogueTestResource.definition("diploma", new OrganizationId("acme"), true);
  private static final String[] CELLS = {"Ada", "ada@example.org", "BSc"};

  @Test
  void cellsAreLeftOutWhereTheBatchSaysWhereTheyAre() {
    assertThat(kept("FIRST_NAME", "EMAIL", "TEXT:degree")).isNull();
  }

  @Test
  void everyCellIsKeptWhereTheSheetIsReadOtherwiseThanWhenItWasTakenIn() {
    String whole = KeptCells.of(CELLS);
    assertThat(kept("EMAIL", "FIRST_NAME", "TEXT:degree")).isEqualTo(whole);
    assertThat(kept("FIRST_NAME", "EMAIL", "TEXT:notes")).isEqualTo(whole);
    assertThat(kept()).isEqualTo(whole);
  }

  private static String kept(String... sources) {
    return new SheetValidator(
            Header.of(List.of("First Name", "Email", "Degree")),
            false,
            List.of("diploma"),
            CellSources.of(List.of(sources)),
            Set.of(Medium.EMAIL),
            null,
            LocalDate.of(2026, 11, 22),
            _ -> Optional.of(DEFINITION))
        .check(2, CELLS)
        .cells();
  }
}
