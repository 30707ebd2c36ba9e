package dev.credmill.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;

/** The claims as people read them: the schema's titles in the schema's order. */
public record Claims(List<Claim> list, String recipientName) {
  /** The claims with a meaning of their own, as every schema names them. */
  private static final String LINK = "Cred_URL";

  private static final String FULL_NAME = "fullName";
  private static final String GIVEN_NAME = "givenName";
  private static final String FAMILY_NAME = "familyName";

  /** What the subject of an Open Badge has besides claims. */
  private static final Set<String> OF_OPEN_BADGES = Set.of("type", "identifier", "achievement");

  public Claims {
    list = List.copyOf(list);
  }

  /**
   * @param subject the credential's {@code credentialSubject}, or what is to become it
   * @param schema the claims' JSON Schema; missing where the catalogue cannot be asked
   */
  public static Claims of(JsonNode subject, JsonNode schema, Locale locale) {
    JsonNode properties = schema.path("properties");
    Set<String> names = new LinkedHashSet<>();
    properties.fieldNames().forEachRemaining(names::add);
    subject.fieldNames().forEachRemaining(names::add);
    names.remove(LINK);
    if (subject.path("type").toString().contains("\"AchievementSubject\"")) {
      names.removeAll(OF_OPEN_BADGES);
    }
    List<Claim> claims = new ArrayList<>();
    for (String name : names) {
      JsonNode value = subject.path(name);
      if (!value.isMissingNode() && !value.isNull()) {
        JsonNode property = properties.path(name);
        claims.add(
            new Claim(name, property.path("title").asText(name), text(value, property, locale)));
      }
    }
    return new Claims(claims, recipientName(subject));
  }

  private static String recipientName(JsonNode subject) {
    String fullName = subject.path(FULL_NAME).asText("").strip();
    if (!fullName.isEmpty()) {
      return fullName;
    }
    return (subject.path(GIVEN_NAME).asText("") + " " + subject.path(FAMILY_NAME).asText(""))
        .strip();
  }

  private static String text(JsonNode value, JsonNode property, Locale locale) {
    if (value.isArray()) {
      StringJoiner joined = new StringJoiner(", ");
      value.forEach(item -> joined.add(text(item, property.path("items"), locale)));
      return joined.toString();
    }
    if (value.isObject()) {
      StringJoiner joined = new StringJoiner("; ");
      value
          .properties()
          .forEach(
              member -> {
                JsonNode inner = property.path("properties").path(member.getKey());
                joined.add(
                    inner.path("title").asText(member.getKey())
                        + ": "
                        + text(member.getValue(), inner, locale));
              });
      return joined.toString();
    }
    if (value.isBoolean()) {
      return value.asBoolean() ? "Yes" : "No";
    }
    String plain = value.asText();
    try {
      return switch (property.path("format").asText()) {
        case "date" -> date(LocalDate.parse(plain), locale);
        case "date-time" ->
            date(
                OffsetDateTime.parse(plain).withOffsetSameInstant(ZoneOffset.UTC).toLocalDate(),
                locale);
        default -> plain;
      };
    } catch (DateTimeException e) {
      return plain;
    }
  }

  public static String date(Instant instant, Locale locale) {
    return date(instant.atOffset(ZoneOffset.UTC).toLocalDate(), locale);
  }

  private static String date(LocalDate date, Locale locale) {
    // English alone would be American, where the month leads; with the day first nobody is misled.
    Locale exact =
        locale.getLanguage().equals("en") && locale.getCountry().isEmpty() ? Locale.UK : locale;
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(exact).format(date);
  }
}
