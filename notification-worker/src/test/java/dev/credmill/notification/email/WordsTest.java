package dev.credmill.notification.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {"de-AT, de", "fr-CA, fr", "en-GB, en", "es, en", "null, en", "'x y', en"})
  void theyAreInTheNearestLanguage(String language, String words) {
    assertThat(Words.in(language).language()).isEqualTo(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "fr"})
  void everyLanguageSaysEverything(String language) throws IOException {
    assertThat(keys(language)).isEqualTo(keys("en"));
  }

  @Test
  void whatThereIsNoWordForIsNotSaid() {
    assertThat(Words.in("en").say("consequence.ISSUED", Map.of())).isEmpty();
  }

  private static Set<String> keys(String language) throws IOException {
    Properties words = new Properties();
    try (InputStream file =
        WordsTest.class.getResourceAsStream("/words/" + language + ".properties")) {
      words.load(file);
    }
    return words.stringPropertyNames();
  }
}
