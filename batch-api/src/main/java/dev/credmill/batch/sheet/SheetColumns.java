package dev.credmill.batch.sheet;

import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.CredentialDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Where in a sheet each thing stands. An index is -1 where the sheet has no such column.
 *
 * @param claims for each column of the definition, in its order, the index in the sheet
 */
public record SheetColumns(
    int reference,
    int firstName,
    int lastName,
    int email,
    int phone,
    int expiration,
    int language,
    List<Integer> claims) {
  public static final String REFERENCE = "Reference";
  public static final String FIRST_NAME = "First Name";
  public static final String LAST_NAME = "Last Name";
  public static final String EMAIL = "Email";
  public static final String PHONE = "Phone";
  public static final String CONTACT = "Contact";
  public static final String EXPIRATION = "Expiration";
  public static final String EXPIRATION_LONG = "Expiration Date/Duration";
  public static final String LANGUAGE = "Language";

  public SheetColumns {
    claims = List.copyOf(claims);
  }

  /**
   * Matches a header with what the definition and the media ask for, without regard to case and
   * surrounding space.
   *
   * @throws ProblemException naming every missing, doubled and unknown column
   */
  public static SheetColumns match(
      String[] header, CredentialDefinition definition, Set<Medium> media) {
    return new Matching(header, media).columns(definition);
  }

  private static final class Matching {
    private final String[] header;
    private final Set<Medium> media;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final boolean[] taken;
    private final List<Problem.Fault> faults = new ArrayList<>();

    Matching(String[] header, Set<Medium> media) {
      this.header = header;
      this.media = media;
      this.taken = new boolean[header.length];
      for (int i = 0; i < header.length; i++) {
        String heading = key(header[i]);
        if (heading.isEmpty()) {
          taken[i] = true; // An empty heading is no column; its cells are kept but mean nothing.
        } else if (indexes.putIfAbsent(heading, i) != null) {
          taken[i] = true;
          fault(
              header[i].strip(),
              "doubled-column",
              "This column stands in the sheet twice; keep one of them");
        }
      }
    }

    SheetColumns columns(CredentialDefinition definition) {
      int contact = media.size() == 1 ? take(CONTACT) : -1;
      int email = take(EMAIL);
      int phone = take(PHONE);
      if (media.contains(Medium.EMAIL)) {
        email = contactColumn(email, contact, EMAIL);
      }
      if (media.contains(Medium.SMS)) {
        phone = contactColumn(phone, contact, PHONE);
      }
      int expiration = take(EXPIRATION);
      int expirationLong = take(EXPIRATION_LONG);
      SheetColumns columns =
          new SheetColumns(
              take(REFERENCE),
              need(FIRST_NAME),
              take(LAST_NAME),
              email,
              phone,
              expiration >= 0 ? expiration : expirationLong,
              take(LANGUAGE),
              definition.columns().stream()
                  .map(c -> c.required() ? need(c.heading()) : take(c.heading()))
                  .toList());
      for (int i = 0; i < header.length; i++) {
        if (!taken[i]) {
          fault(header[i].strip(), "unknown-column", unknown(header[i], definition));
        }
      }
      if (!faults.isEmpty()) {
        throw new ProblemException(
            Problem.of(ProblemType.SHEET_HEADER_MISMATCH, summary(definition), faults));
      }
      return columns;
    }

    private int contactColumn(int own, int contact, String heading) {
      if (own >= 0 || contact >= 0) {
        return own >= 0 ? own : contact;
      }
      fault(
          heading,
          "missing-column",
          "The medium asks for this column; add it with one contact in each row");
      return -1;
    }

    private int take(String heading) {
      Integer index = indexes.get(key(heading));
      if (index == null) {
        return -1;
      }
      taken[index] = true;
      return index;
    }

    private int need(String heading) {
      int index = take(heading);
      if (index < 0) {
        fault(heading, "missing-column", "Add this column; every row needs it");
      }
      return index;
    }

    private void fault(String column, String code, String message) {
      faults.add(new Problem.Fault(shortened(column), code, message));
    }

    private String unknown(String heading, CredentialDefinition definition) {
      if (key(heading).equals(key(CONTACT))) {
        return "With %s there is no telling what a contact is; use the columns Email and Phone"
            .formatted(media.isEmpty() ? "no medium" : "several media");
      }
      return "The definition \"%s\" has no such column; correct the heading or remove the column"
          .formatted(definition.id());
    }

    private String summary(CredentialDefinition definition) {
      List<String> parts = new ArrayList<>();
      for (String code : List.of("missing", "doubled", "unknown")) {
        List<String> columns =
            faults.stream()
                .filter(f -> f.code().startsWith(code))
                .map(f -> "\"" + f.field() + "\"")
                .toList();
        if (!columns.isEmpty()) {
          parts.add(code + ": " + String.join(", ", columns));
        }
      }
      return String.join("; ", parts)
          + ". The sheet to fill in is at /v1/credential-definitions/%s/sheet.csv%s"
              .formatted(
                  definition.id(),
                  media.isEmpty()
                      ? ""
                      : "?medium="
                          + String.join(
                              "&medium=", media.stream().map(Medium::name).sorted().toList()));
    }

    private static String key(String heading) {
      return heading.strip().toLowerCase(Locale.ROOT);
    }

    private static String shortened(String column) {
      return column.length() <= 80 ? column : column.substring(0, 77) + "...";
    }
  }
}
