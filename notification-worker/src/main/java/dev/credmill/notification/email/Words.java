package dev.credmill.notification.email;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.credmill.notification.email.template.Languages;
import dev.credmill.notification.email.template.Variable;
import dev.credmill.notification.email.template.Wording;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The words of the letter that comes along, in one language. */
final class Words {
  private static final String DEFAULT = "en";
  private static final Map<String, Words> ALL =
      List.of(DEFAULT, "de", "fr").stream()
          .collect(toUnmodifiableMap(language -> language, Words::read));

  private final String language;
  private final Map<String, Wording> words;

  private Words(String language, Map<String, Wording> words) {
    this.language = language;
    this.words = words;
  }

  /** Those in the language, or in English. */
  static Words in(String language) {
    return ALL.get(Languages.lookup(language, ALL.keySet()).orElse(DEFAULT));
  }

  private static Words read(String language) {
    Properties lines = new Properties();
    try (Reader file =
        new InputStreamReader(
            Words.class.getResourceAsStream("/words/" + language + ".properties"),
            StandardCharsets.UTF_8)) {
      lines.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Words(
        language,
        lines.stringPropertyNames().stream()
            .collect(toUnmodifiableMap(key -> key, key -> Wording.ofText(lines.getProperty(key)))));
  }

  String language() {
    return language;
  }

  /** Empty where there is nothing to say. */
  String say(String key, Map<Variable, String> values) {
    Wording wording = words.get(key);
    return wording == null ? "" : wording.fill(values);
  }
}
