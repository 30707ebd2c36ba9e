package dev.credmill.registry.sheet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.registry.sheet.SheetColumn.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The columns that say who gets a credential, how it is sent and how long it is valid. */
final class RecipientColumns {
  private static final Cells NAME = new Cells.Text(0, 200);
  private static final Cells ADDRESS = new Cells.Text(0, 254);

  private RecipientColumns() {}

  static List<SheetColumn> of(
      CredentialDefinition definition, Set<Medium> media, boolean withOptional) {
    List<SheetColumn> columns = new ArrayList<>();
    if (withOptional) {
      columns.add(
          column(
              "Reference",
              Need.OPTIONAL,
              NAME,
              "Your own key for the record, such as a student number.",
              "You find the row again by it."));
    }
    columns.add(column("First Name", Need.REQUIRED, NAME, "The recipient's first name."));
    columns.add(
        column(
            "Last Name",
            requiresLastName(definition) ? Need.REQUIRED : Need.OPTIONAL,
            NAME,
            "The recipient's last name."));
    if (media.contains(Medium.EMAIL)) {
      columns.add(
          column(
              "Email",
              Need.REQUIRED,
              ADDRESS,
              "The recipient's email address, such as name@example.org."));
    }
    if (media.contains(Medium.SMS)) {
      columns.add(
          column(
              "Phone",
              Need.REQUIRED,
              Cells.ANY_TEXT,
              "The recipient's phone number with its country, such as +49 30 901820."));
    }
    columns.add(
        column(
            "Expiration",
            Need.OPTIONAL,
            Cells.ANY_TEXT,
            "A date such as 2028-12-31, or a duration such as P2Y, 18 months or 365 days.",
            "The credential ends with that day (UTC); a duration counts from the day of issue.",
            definition.validity() == null
                ? "Left empty, the credential does not expire."
                : "Left empty, it is valid for %s.".formatted(definition.validity())));
    if (withOptional) {
      columns.add(
          column(
              "Language",
              Need.OPTIONAL,
              Cells.ANY_TEXT,
              "The recipient's language as a tag, such as en or pt-BR."));
    }
    return columns;
  }

  private static SheetColumn column(
      String heading, Need need, Cells cells, String hint, String... details) {
    return new SheetColumn(heading, need, cells, hint, List.of(details));
  }

  private static boolean requiresLastName(CredentialDefinition definition) {
    for (JsonNode required : definition.claimsSchema().path("required")) {
      if (required.asText().equals(CredentialDefinition.FAMILY_NAME)) {
        return true;
      }
    }
    return false;
  }
}
