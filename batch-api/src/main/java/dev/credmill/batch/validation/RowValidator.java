package dev.credmill.batch.validation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.batch.sheet.CellSources;
import dev.credmill.batch.sheet.KeptCells;
import dev.credmill.batch.sheet.SheetColumns;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.registry.CredentialDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks rows against media and schema and makes their claims. Compiled once for a batch; finds
 * every fault of a row, not just the first. Not for use by several threads.
 */
final class RowValidator {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_REFERENCE = 200;
  private static final int MOST_LANGUAGES = 1_000;

  /** In an event each character may take four bytes, and a broker takes messages up to 1 MB. */
  private static final int LONGEST_CLAIMS = 65_536;

  private static final Set<String> ERRORS =
      Set.of(
          "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!");

  private static final JsonFactory JSON = new JsonFactory();

  private final SheetColumns columns;
  private final CellSources sources;
  private final int definitionOrdinal;
  private final Set<Medium> media;
  private final ContactCheck contacts;
  private final Map<String, String> languages = new HashMap<>();
  private final String today;
  private final List<ClaimCheck> checks;
  private final ClaimsSchema schema;
  private final boolean givenName;
  private final boolean familyName;
  private final boolean fullName;
  private final boolean lastNameRequired;

  /**
   * @param definitionOrdinal the definition's place among those of the batch
   * @param sources where rows say their cells again
   * @param phoneRegion for numbers without {@code +}; null refuses them
   */
  RowValidator(
      CredentialDefinition definition,
      int definitionOrdinal,
      SheetColumns columns,
      CellSources sources,
      Set<Medium> media,
      String phoneRegion,
      LocalDate today) {
    this.columns = columns;
    this.sources = sources;
    this.definitionOrdinal = definitionOrdinal;
    this.media = media;
    this.contacts = new ContactCheck(phoneRegion);
    this.today = today.toString();
    this.checks = new ArrayList<>();
    for (int i = 0; i < definition.columns().size(); i++) {
      CredentialDefinition.Column column = definition.columns().get(i);
      checks.add(
          new ClaimCheck(
              column,
              columns.header().shown(columns.claims().get(i), column.heading()),
              definition.claimsSchema().path("properties").path(column.claim())));
    }
    boolean known = checks.stream().allMatch(ClaimCheck::whollyKnown);
    this.schema = known ? null : new ClaimsSchema(definition.claimsSchema());
    this.givenName = definition.hasClaim(CredentialDefinition.GIVEN_NAME);
    this.familyName = definition.hasClaim(CredentialDefinition.FAMILY_NAME);
    this.fullName = definition.hasClaim(CredentialDefinition.FULL_NAME);
    this.lastNameRequired = requires(definition, CredentialDefinition.FAMILY_NAME);
  }

  CheckedRow check(int number, String[] cells) {
    List<RowFault> faults = new ArrayList<>(0);
    surplus(cells, faults);
    spreadsheetErrors(cells, faults);
    for (String heading : columns.missing()) {
      faults.add(
          new RowFault(heading, "missing-column", "The sheet needs this column for this row's ID"));
    }
    String reference =
        text(cells, columns.reference(), SheetColumns.REFERENCE, LONGEST_REFERENCE, faults);
    String first = text(cells, columns.firstName(), SheetColumns.FIRST_NAME, LONGEST_NAME, faults);
    String last = text(cells, columns.lastName(), SheetColumns.LAST_NAME, LONGEST_NAME, faults);
    if (first == null) {
      faults.add(
          fault(
              columns.firstName(),
              SheetColumns.FIRST_NAME,
              "required",
              "Every row needs a first name"));
    }
    if (last == null && lastNameRequired) {
      faults.add(
          fault(
              columns.lastName(),
              SheetColumns.LAST_NAME,
              "required",
              "This credential needs a last name"));
    }
    String email = email(cells, faults);
    String phone = phone(cells, faults);
    String language = language(cells, faults);
    String expiration = expiration(cells, faults);
    String claims = claims(cells, first, last, faults);
    String kept =
        faults.isEmpty()
            ? sources.rest(
                cells,
                new CellSources.Said(reference, first, last, email, phone, language, expiration))
            : KeptCells.of(cells);
    return new CheckedRow(
        number,
        definitionOrdinal,
        reference,
        first,
        last,
        email,
        phone,
        language,
        expiration,
        kept,
        claims,
        faults);
  }

  private RowFault fault(int index, String heading, String code, String message) {
    return new RowFault(columns.header().shown(index, heading), code, message);
  }

  /** What spreadsheet programs show when a formula has failed is never meant. */
  private void spreadsheetErrors(String[] cells, List<RowFault> faults) {
    for (int i = 0; i < Math.min(cells.length, columns.header().width()); i++) {
      if (cells[i].length() > 3 && cells[i].charAt(0) == '#' && ERRORS.contains(cells[i].strip())) {
        faults.add(
            fault(
                i,
                "",
                "spreadsheet-error",
                "The cell holds the error of a formula; correct the formula or write the value"));
      }
    }
  }

  private static boolean requires(CredentialDefinition definition, String claim) {
    for (JsonNode name : definition.claimsSchema().path("required")) {
      if (name.asText().equals(claim)) {
        return true;
      }
    }
    return false;
  }

  private void surplus(String[] cells, List<RowFault> faults) {
    for (int i = columns.header().width(); i < cells.length; i++) {
      if (!cells[i].isBlank()) {
        faults.add(
            new RowFault(
                "column " + (i + 1),
                "surplus-cell",
                "The row has more cells than the header; a comma inside a cell must be quoted"));
        return;
      }
    }
  }

  private static String cell(String[] cells, int index) {
    if (index < 0 || index >= cells.length) {
      return null;
    }
    String text = cells[index].strip();
    return text.isEmpty() ? null : text;
  }

  private String text(
      String[] cells, int index, String heading, int longest, List<RowFault> faults) {
    String text = cell(cells, index);
    if (text == null) {
      return null;
    }
    if (text.length() > longest) {
      faults.add(
          fault(index, heading, "too-long", "Write at most %d characters".formatted(longest)));
    }
    if (hasControls(text)) {
      faults.add(
          fault(
              index,
              heading,
              "control-character",
              "Remove line breaks and other control characters"));
    }
    return text;
  }

  private static boolean hasControls(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private String email(String[] cells, List<RowFault> faults) {
    String text = cell(cells, columns.email());
    if (text == null) {
      if (media.contains(Medium.EMAIL)) {
        faults.add(
            fault(
                columns.email(),
                SheetColumns.EMAIL,
                "required",
                "The medium EMAIL needs an email address in every row"));
      }
      return null;
    }
    if (contacts.of(Medium.EMAIL, text).isEmpty()) {
      faults.add(
          fault(columns.email(), SheetColumns.EMAIL, "email", ContactCheck.advice(Medium.EMAIL)));
    }
    return text;
  }

  private String phone(String[] cells, List<RowFault> faults) {
    String text = cell(cells, columns.phone());
    if (text == null) {
      if (media.contains(Medium.SMS)) {
        faults.add(
            fault(
                columns.phone(),
                SheetColumns.PHONE,
                "required",
                "The medium SMS needs a phone number in every row"));
      }
      return null;
    }
    Optional<String> phone = contacts.of(Medium.SMS, text);
    if (phone.isEmpty()) {
      faults.add(
          fault(columns.phone(), SheetColumns.PHONE, "phone", ContactCheck.advice(Medium.SMS)));
    }
    return phone.orElse(null);
  }

  private String language(String[] cells, List<RowFault> faults) {
    String text = cell(cells, columns.language());
    if (text == null) {
      return null;
    }
    if (languages.size() == MOST_LANGUAGES) {
      languages.clear();
    }
    String tag = languages.computeIfAbsent(text, RowValidator::languageTag);
    if (tag.isEmpty()) {
      faults.add(
          fault(
              columns.language(),
              SheetColumns.LANGUAGE,
              "language",
              "Write a language tag (BCP 47), such as en or pt-BR"));
      return null;
    }
    return tag;
  }

  /** The tag as it is written properly; empty where it is none. */
  private static String languageTag(String text) {
    try {
      return new Locale.Builder().setLanguageTag(text).build().toLanguageTag();
    } catch (IllformedLocaleException e) {
      return "";
    }
  }

  private String expiration(String[] cells, List<RowFault> faults) {
    String text = cell(cells, columns.expiration());
    if (text == null) {
      return null;
    }
    String normalized = Expiration.normalized(text).orElse(null);
    if (normalized == null) {
      faults.add(
          fault(
              columns.expiration(),
              SheetColumns.EXPIRATION,
              "expiration",
              "Write a date such as 2028-12-31, or a duration such as P2Y, 18 months or 365 days"));
    } else if (Expiration.isPast(normalized, today)) {
      faults.add(
          fault(
              columns.expiration(),
              SheetColumns.EXPIRATION,
              "past",
              "This day is over; write a later one or leave the cell empty"));
    }
    return normalized;
  }

  private String claims(String[] cells, String first, String last, List<RowFault> faults) {
    try (SegmentedStringWriter text = new SegmentedStringWriter(JSON._getBufferRecycler())) {
      try (JsonGenerator out = JSON.createGenerator(text)) {
        out.writeStartObject();
        names(first, last, out);
        for (int i = 0; i < checks.size(); i++) {
          ClaimCheck check = checks.get(i);
          String cell = cell(cells, columns.claims().get(i));
          if (cell != null) {
            check.write(cell, out, faults);
          } else if (check.required) {
            faults.add(check.fault("required", "Every row needs a value here"));
          }
        }
        out.writeEndObject();
      }
      String claims = text.getAndClear();
      if (claims.length() > LONGEST_CLAIMS) {
        faults.add(
            new RowFault(
                "",
                "too-long",
                "All claims of a row together have at most %d characters; shorten them"
                    .formatted(LONGEST_CLAIMS)));
      }
      if (schema != null && faults.isEmpty()) {
        checkWhole(claims, faults);
      }
      return faults.isEmpty() ? claims : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void names(String first, String last, JsonGenerator out) throws IOException {
    if (givenName && first != null) {
      out.writeStringField(CredentialDefinition.GIVEN_NAME, first);
    }
    if (familyName && last != null) {
      out.writeStringField(CredentialDefinition.FAMILY_NAME, last);
    }
    if (fullName && first != null) {
      out.writeStringField(
          CredentialDefinition.FULL_NAME, last == null ? first : first + " " + last);
    }
  }

  private void checkWhole(String claims, List<RowFault> faults) {
    for (ClaimsSchema.Violation violation : schema.violations(claims)) {
      // The platform fills the link when it issues; it cannot be there yet.
      if (violation.claim().equals(CredentialDefinition.CRED_URL)) {
        continue;
      }
      String heading =
          checks.stream()
              .filter(c -> c.claim.equals(violation.claim()))
              .map(c -> c.heading)
              .findFirst()
              .orElse("");
      faults.add(
          new RowFault(heading, violation.keyword(), "The schema says: " + violation.message()));
    }
  }
}
