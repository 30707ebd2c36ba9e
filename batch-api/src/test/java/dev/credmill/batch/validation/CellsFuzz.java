package dev.credmill.batch.validation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.batch.CatalogueTestResource;
import dev.credmill.batch.Mutations;
import dev.credmill.batch.sheet.CellSources;
import dev.credmill.batch.sheet.Header;
import dev.credmill.batch.sheet.SheetColumns;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.registry.CredentialDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever headings and cells hold, a header fits or is refused, and a row is judged. */
@Tag("fuzz")
class CellsFuzz {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final CredentialDefinition DEFINITION =
      CatalogueTestResource.definition("diploma", new OrganizationId("acme"), true);
  private static final List<String> HEADINGS =
      List.of(
          "First Name",
          "Last Name",
          "Email",
          "Phone",
          "Expiration",
          "Language",
          "Reference",
          "Degree",
          "Graduation Date",
          "Level",
          "Hours",
          "Notes");
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  private static final CellSources SOURCES =
      CellSources.of(
          SheetColumns.match(Header.of(HEADINGS), DEFINITION, Set.of(Medium.EMAIL)), DEFINITION);
  private static final RowValidator VALIDATOR =
      new RowValidator(
          DEFINITION,
          0,
          SheetColumns.match(Header.of(HEADINGS), DEFINITION, Set.of(Medium.EMAIL)),
          SOURCES,
          Set.of(Medium.EMAIL),
          "DE",
          TODAY);

  @Test
  void accidentsInHeaders() {
    Mutations.of(anyHeader().toList(), 1_000, CellsFuzz::header);
  }

  @Test
  void accidentsInRows() {
    Mutations.of(anyRow().toList(), 1_000, CellsFuzz::row);
  }

  @MethodSource
  @FuzzTest
  void anyHeader(byte[] data) {
    header(data);
  }

  static Stream<byte[]> anyHeader() {
    return Stream.of(
            "First Name\nDegree\nContact\nVorname\nFirst Name",
            "ID\nFirst Name\nEmail\nissuer\nNotes",
            "Vorname\nEmail\nDegree\nx\n\nVorname\nFirst Name\nx")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource
  @FuzzTest
  void anyRow(byte[] data) {
    row(data);
  }

  static Stream<byte[]> anyRow() {
    return Stream.of(
            "Ada\nNg\na@example.org\n030 901820\n18 months\npt-br\n\nBSc\n2026-06-30\ngold\n12\nx",
            "Zo\u00eb\n\nb@\u00fc.example\n+49 30 901820 ext 1\nP1Y2M\nen\nR1\n=1\n9999-12-31\ngold\n-9223372036854775808\n#N/A",
            "A\nB\na@b.de\n\n2027-01-01\nx-klingon\n1\nB\n\nsilver\n1e9\n")
        .map(text -> text.getBytes(UTF_8));
  }

  /** Headings by lines; what stands behind the last empty line is a mapping of the others. */
  private static void header(byte[] data) {
    String[] halves = new String(data, UTF_8).split("\n\n", 2);
    List<String> headings = List.of(halves[0].split("\n", -1));
    Map<String, String> mapping = new HashMap<>();
    if (halves.length == 2) {
      String[] pairs = halves[1].split("\n", -1);
      for (int i = 0; i < pairs.length; i += 2) {
        mapping.put(pairs[i], i + 1 < pairs.length ? pairs[i + 1] : null);
      }
    }
    for (Set<Medium> media :
        List.of(Set.<Medium>of(), Set.of(Medium.EMAIL), Set.of(Medium.EMAIL, Medium.SMS))) {
      refusedOrNot(
          () -> {
            Header header = Header.of(headings, mapping);
            SheetColumns.among(header, DEFINITION, media);
            SheetColumns columns = SheetColumns.match(header, DEFINITION, media);
            assertThat(columns.firstName()).isNotNegative();
          });
      refusedOrNot(() -> SheetColumns.mustServeSeveral(Header.of(headings, mapping), media));
    }
  }

  private static void refusedOrNot(Runnable attempt) {
    try {
      attempt.run();
    } catch (ProblemException e) {
      assertThat(e.problem().status()).isBetween(400, 499);
      assertThat(e.problem().detail()).isNotBlank();
    }
  }

  /** Cells by lines. */
  private static void row(byte[] data) {
    String[] cells = new String(data, UTF_8).split("\n", -1);
    for (int i = 0; i < cells.length; i++) {
      cells[i] = cells[i].replace("\0", ""); // No sheet gives a NUL.
    }
    CheckedRow row = VALIDATOR.check(2, Arrays.copyOf(cells, cells.length));
    assertThat(SOURCES.cells(row.cells(), said(row), row.claims())).containsExactly(cells);
    assertThat(row.faults()).allMatch(fault -> fault.message().length() > 10);
    if (row.faults().isEmpty()) {
      try {
        assertThat(JSON.readTree(row.claims()).has("degree")).isTrue();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (row.expiration() != null) {
        assertThat(Expiration.normalized(row.expiration())).contains(row.expiration());
      }
    }
  }

  private static CellSources.Said said(CheckedRow row) {
    return new CellSources.Said(
        row.reference(),
        row.firstName(),
        row.lastName(),
        row.email(),
        row.phone(),
        row.language(),
        row.expiration());
  }
}
