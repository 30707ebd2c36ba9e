package dev.credmill.batch.sheet;

import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.CredentialDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where in a sheet each thing stands that a definition and the media ask for. An index is -1 where
 * the sheet has no such column.
 *
 * @param claims for each column of the definition, in its order, the index in the sheet
 * @param missing the headings that are needed and that the sheet lacks; only where it holds several
 *     definitions, since otherwise it is refused
 */
public record SheetColumns(
    Header header,
    int reference,
    int firstName,
    int lastName,
    int email,
    int phone,
    int expiration,
    int language,
    List<Integer> claims,
    List<String> missing) {
  public static final String ID = "ID";
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
    missing = List.copyOf(missing);
  }

  /** Where anything stands that is looked at; -1 among them means nothing. */
  public Set<Integer> indexes() {
    Set<Integer> indexes = new HashSet<>(claims);
    indexes.addAll(List.of(reference, firstName, lastName, email, phone, expiration, language));
    return indexes;
  }

  /**
   * Matches a header with what the one definition of the sheet and the media ask for.
   *
   * @throws ProblemException naming every missing, doubled and unknown column
   */
  public static SheetColumns match(
      Header header, CredentialDefinition definition, Set<Medium> media) {
    Matching matching = new Matching(header, media);
    SheetColumns columns = matching.columns(definition);
    matching.refuseUnknown(definition);
    matching.refuseFaults(
        ". The sheet to fill in is at /v1/credential-definitions/%s/sheet.csv%s"
            .formatted(definition.id(), query(media)));
    return columns;
  }

  /**
   * Matches a header with what one of several definitions of the sheet asks for. Columns of the
   * others are left alone.
   */
  public static SheetColumns among(
      Header header, CredentialDefinition definition, Set<Medium> media) {
    return new Matching(header, media).columns(definition);
  }

  /**
   * Checks what can be told of a header before it is known which definitions the rows name.
   *
   * @throws ProblemException naming every missing and doubled column
   */
  public static void mustServeSeveral(Header header, Set<Medium> media) {
    Matching matching = new Matching(header, media);
    matching.need(ID);
    matching.common();
    matching.refuseFaults(
        ". The sheet to fill in is at /v1/sheets.xlsx?definition=...&definition=...");
  }

  /** Where the contact for a medium stands; -1 where the sheet has none. */
  public static int contact(Header header, Set<Medium> media, Medium medium) {
    int own =
        header.indexOf(
            switch (medium) {
              case EMAIL -> EMAIL;
              case SMS -> PHONE;
            });
    return own < 0 && media.equals(Set.of(medium)) ? header.indexOf(CONTACT) : own;
  }

  private static String query(Set<Medium> media) {
    return media.isEmpty()
        ? ""
        : "?medium=" + String.join("&medium=", media.stream().map(Medium::name).sorted().toList());
  }

  private static final class Matching {
    private final Header header;
    private final Set<Medium> media;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final boolean[] taken;
    private final List<Problem.Fault> faults = new ArrayList<>();

    Matching(Header header, Set<Medium> media) {
      this.header = header;
      this.media = media;
      this.taken = new boolean[header.width()];
      for (int i = 0; i < taken.length; i++) {
        String heading = Header.key(header.meaning().get(i));
        if (heading.isEmpty()) {
          taken[i] = true; // An empty heading is no column; its cells are kept but mean nothing.
        } else if (indexes.putIfAbsent(heading, i) != null) {
          taken[i] = true;
          fault(
              header.shown(i, ""),
              "doubled-column",
              "This column stands in the sheet twice; keep one of them");
        }
      }
    }

    /** The columns that do not depend on a definition. */
    SheetColumns common() {
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
      return new SheetColumns(
          header,
          take(REFERENCE),
          need(FIRST_NAME),
          take(LAST_NAME),
          email,
          phone,
          expiration >= 0 ? expiration : expirationLong,
          take(LANGUAGE),
          List.of(),
          List.of());
    }

    SheetColumns columns(CredentialDefinition definition) {
      SheetColumns common = common();
      List<Integer> claims =
          definition.columns().stream()
              .map(c -> c.required() ? need(c.heading()) : take(c.heading()))
              .toList();
      return new SheetColumns(
          header,
          common.reference,
          common.firstName,
          common.lastName,
          common.email,
          common.phone,
          common.expiration,
          common.language,
          claims,
          faults.stream()
              .filter(f -> f.code().equals("missing-column"))
              .map(Problem.Fault::field)
              .toList());
    }

    void refuseUnknown(CredentialDefinition definition) {
      for (int i = 0; i < taken.length; i++) {
        if (!taken[i]) {
          fault(
              header.shown(i, ""), "unknown-column", unknown(header.meaning().get(i), definition));
        }
      }
    }

    void refuseFaults(String whereToGo) {
      if (!faults.isEmpty()) {
        throw new ProblemException(
            Problem.of(ProblemType.SHEET_HEADER_MISMATCH, summary() + whereToGo, faults));
      }
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
      Integer index = indexes.get(Header.key(heading));
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
      faults.add(new Problem.Fault(Header.shortened(column), code, message));
    }

    private String unknown(String heading, CredentialDefinition definition) {
      String key = Header.key(heading);
      if (key.equals(Header.key(CONTACT))) {
        return "With %s there is no telling what a contact is; use the columns Email and Phone"
            .formatted(media.isEmpty() ? "no medium" : "several media");
      }
      if (key.equals(Header.key(ID))) {
        return "An ID in each row says which definition it is of; leave out the part definitionId, or remove the column";
      }
      return "The definition \"%s\" has no such column; correct the heading, map it with the part mapping, or remove the column"
          .formatted(definition.id());
    }

    private String summary() {
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
      return String.join("; ", parts);
    }
  }
}
