package dev.credmill.registry.sheet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.contracts.registry.CredentialDefinition.Column;
import dev.credmill.registry.sheet.SheetColumn.Need;
import java.util.ArrayList;
import java.util.List;

/** The column of one claim, as its schema describes it. */
final class ClaimColumn {
  private static final int LONGEST_DETAIL = 500;

  private ClaimColumn() {}

  static SheetColumn of(Column column, JsonNode claim) {
    Cells cells = cells(claim);
    List<String> details = new ArrayList<>();
    detail(details, "%s", claim.path("description"));
    detail(details, "More than %s.", claim.path("exclusiveMinimum"));
    detail(details, "Less than %s.", claim.path("exclusiveMaximum"));
    detail(details, "A multiple of %s.", claim.path("multipleOf"));
    detail(details, "It must match the pattern %s", claim.path("pattern"));
    detail(details, "Example: %s", claim.path("examples").path(0));
    return new SheetColumn(
        column.heading(),
        column.required() ? Need.REQUIRED : Need.OPTIONAL,
        cells,
        hint(claim, cells),
        details);
  }

  private static Cells cells(JsonNode claim) {
    List<String> values = values(claim);
    if (!values.isEmpty()) {
      return values.stream().allMatch(Cells.Choice::canShow)
          ? new Cells.Choice(values)
          : Cells.ANY_TEXT;
    }
    return switch (claim.path("type").asText()) {
      // Each language of Excel has its own words for true and false; yes and no stay text.
      case "boolean" -> new Cells.Choice(List.of("yes", "no"));
      case "integer", "number" -> number(claim);
      default -> text(claim);
    };
  }

  private static List<String> values(JsonNode claim) {
    List<String> values = new ArrayList<>();
    if (claim.has("const")) {
      values.add(claim.path("const").asText());
    } else {
      claim.path("enum").forEach(value -> values.add(value.asText()));
    }
    return values.stream().distinct().toList();
  }

  private static Cells number(JsonNode claim) {
    double least = claim.path("minimum").asDouble(-Cells.MOST_EXACT);
    double most = claim.path("maximum").asDouble(Cells.MOST_EXACT);
    if (Math.max(Math.abs(least), Math.abs(most)) > Cells.MOST_EXACT) {
      return Cells.ANY_TEXT; // Digits would be lost; as text they are kept.
    }
    return claim.path("type").asText().equals("integer")
        ? new Cells.Whole(least, most)
        : new Cells.Decimal(least, most);
  }

  private static Cells text(JsonNode claim) {
    return claim.path("format").asText().equals("date")
        ? new Cells.Day()
        : new Cells.Text(
            length(claim.path("minLength"), 0), length(claim.path("maxLength"), Cells.LONGEST));
  }

  private static int length(JsonNode bound, int usual) {
    return Math.clamp(bound.asLong(usual), 0, Cells.LONGEST);
  }

  private static String hint(JsonNode claim, Cells cells) {
    if (cells instanceof Cells.Choice) {
      return cells.words();
    }
    return switch (claim.path("format").asText()) {
      case "date-time" -> "A time with its zone, such as 2026-06-30T14:00:00Z.";
      case "email" -> "An email address, such as name@example.org.";
      case "uri" -> "A whole address, such as https://example.org/a.";
      default -> cells.words();
    };
  }

  private static void detail(List<String> details, String words, JsonNode value) {
    String text = value.asText().replaceAll("\\s+", " ").strip();
    if (!text.isEmpty()) {
      details.add(words.formatted(SpreadsheetText.cut(text, LONGEST_DETAIL)));
    }
  }
}
