package dev.credmill.registry.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuePatternTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "^[A-Z]{1,3}-[0-9]{4,8}$",
        "^[^@\\s]+@[^@\\s]+$",
        "^(?:AB|CD)-\\d{4}$",
        "^\\d{4}(-\\d{2})?$",
        "^(red|green|blue)?$",
        "[[a-z]&&[^x]]*",
        "^\\p{L}+$",
        "a\\{b",
        ""
      })
  void whatStaysInProportionIsTaken(String expression) {
    assertThat(new ValuePattern(expression).fault()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+$",
        "(a*)*",
        "(a|aa)+$",
        "((ab)*c)*",
        "(?:x{1,50}){1,50}",
        "(a?){30}a{30}",
        "(.*)\\1",
        "(?<n>a)\\k<n>",
        "(?=a)b",
        "(?i)a",
        ".*.*.*x",
        "(",
        "[a",
        "*"
      })
  void whatCanTakeForEverIsRefused(String expression) {
    assertThat(new ValuePattern(expression).fault()).isPresent();
  }
}
