package dev.credmill.batch.upload;

import dev.credmill.batch.sheet.Header;
import dev.credmill.batch.sheet.SheetColumns;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.registry.CredentialDefinition;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/**
 * The headings that a sheet may have, and which of them other people's headings seem to mean.
 *
 * @param known every heading of ours that would be taken
 * @param needed those that must be there
 */
record WantedColumns(Set<String> known, Set<String> needed) {
  /** Below this a likeness is chance: "Date" and "Data" are 0.88 alike. */
  private static final double ALIKE = 0.93;

  /** What people call our columns, written as {@link #plain} writes. */
  private static final Map<String, List<String>> OTHER_NAMES =
      Map.of(
          SheetColumns.FIRST_NAME,
          List.of("firstname", "givenname", "forename", "vorname", "prenom", "nombre", "nome"),
          SheetColumns.LAST_NAME,
          List.of(
              "lastname",
              "familyname",
              "surname",
              "nachname",
              "nomdefamille",
              "apellidos",
              "apellido",
              "cognome",
              "sobrenome"),
          SheetColumns.EMAIL,
          List.of(
              "email",
              "emailaddress",
              "mail",
              "mailaddress",
              "emailadresse",
              "courriel",
              "correo",
              "correoelectronico"),
          SheetColumns.PHONE,
          List.of(
              "phone",
              "phonenumber",
              "mobile",
              "mobilenumber",
              "mobilephone",
              "cell",
              "telephone",
              "telefon",
              "handy",
              "mobil",
              "telefono",
              "sms"),
          SheetColumns.EXPIRATION,
          List.of(
              "expiration",
              "expires",
              "expiry",
              "expirydate",
              "expirationdate",
              "validuntil",
              "gueltigbis",
              "gultigbis"),
          SheetColumns.REFERENCE,
          List.of(
              "reference",
              "externalid",
              "studentid",
              "employeeid",
              "recordid",
              "matriculationnumber",
              "matrikelnummer"),
          SheetColumns.LANGUAGE,
          List.of("language", "locale", "sprache", "langue", "idioma"));

  /**
   * The columns of a sheet for these.
   *
   * @param definition null for a sheet with a column ID
   */
  static WantedColumns of(CredentialDefinition definition, Set<Medium> media) {
    Set<String> known =
        new LinkedHashSet<>(
            List.of(
                SheetColumns.REFERENCE,
                SheetColumns.FIRST_NAME,
                SheetColumns.LAST_NAME,
                SheetColumns.EMAIL,
                SheetColumns.PHONE,
                SheetColumns.EXPIRATION,
                SheetColumns.EXPIRATION_LONG,
                SheetColumns.LANGUAGE));
    Set<String> needed = new LinkedHashSet<>(List.of(SheetColumns.FIRST_NAME));
    if (media.size() == 1) {
      known.add(SheetColumns.CONTACT);
    }
    if (media.contains(Medium.EMAIL)) {
      needed.add(SheetColumns.EMAIL);
    }
    if (media.contains(Medium.SMS)) {
      needed.add(SheetColumns.PHONE);
    }
    if (definition == null) {
      known.add(SheetColumns.ID);
      needed.add(SheetColumns.ID);
    } else {
      for (CredentialDefinition.Column column : definition.columns()) {
        known.add(column.heading());
        if (column.required()) {
          needed.add(column.heading());
        }
      }
    }
    return new WantedColumns(known, needed);
  }

  /**
   * A mapping for the headings that are not ours.
   *
   * @param last the mapping that was used last; it counts more than any likeness
   */
  Map<String, String> suggest(List<String> headings, Map<String, String> last) {
    Map<String, String> suggested = new LinkedHashMap<>();
    Set<String> taken = new LinkedHashSet<>();
    for (String heading : headings) {
      exact(heading).ifPresent(taken::add);
    }
    for (String heading : headings) {
      if (heading.isBlank() || exact(heading).isPresent()) {
        continue;
      }
      Optional<Map.Entry<String, String>> before =
          last.entrySet().stream()
              .filter(entry -> plain(entry.getKey()).equals(plain(heading)))
              .findFirst();
      if (before.isPresent()) {
        String meaning = before.get().getValue();
        if (meaning == null || taken.add(meaning)) {
          suggested.put(heading, meaning);
        }
      } else {
        likely(heading).filter(taken::add).ifPresent(ours -> suggested.put(heading, ours));
      }
    }
    return suggested;
  }

  List<String> missing(Header header) {
    List<String> missing = new ArrayList<>();
    for (String heading : needed) {
      boolean contact =
          (heading.equals(SheetColumns.EMAIL) || heading.equals(SheetColumns.PHONE))
              && known.contains(SheetColumns.CONTACT)
              && header.indexOf(SheetColumns.CONTACT) >= 0;
      if (header.indexOf(heading) < 0 && !contact) {
        missing.add(heading);
      }
    }
    return missing;
  }

  List<String> unknown(Header header) {
    List<String> unknown = new ArrayList<>();
    for (int i = 0; i < header.width(); i++) {
      String meaning = header.meaning().get(i);
      if (!meaning.isBlank() && exact(meaning).isEmpty()) {
        unknown.add(header.shown(i, ""));
      }
    }
    return unknown;
  }

  private Optional<String> exact(String heading) {
    return known.stream().filter(ours -> ours.equalsIgnoreCase(heading.strip())).findFirst();
  }

  private Optional<String> likely(String heading) {
    String plain = plain(heading);
    for (String ours : known) {
      if (plain(ours).equals(plain) || OTHER_NAMES.getOrDefault(ours, List.of()).contains(plain)) {
        return Optional.of(ours);
      }
    }
    JaroWinklerSimilarity likeness = new JaroWinklerSimilarity();
    String best = null;
    double most = ALIKE;
    for (String ours : known) {
      double alike = likeness.apply(plain, plain(ours));
      if (alike >= most) {
        best = ours;
        most = alike;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Letters and digits only, without accents and case. */
  static String plain(String heading) {
    String shortened = heading.substring(0, Math.min(heading.length(), 100));
    return Normalizer.normalize(shortened, Normalizer.Form.NFKD)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
