package dev.credmill.registry.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidityTest {
  @ParameterizedTest
  @ValueSource(strings = {"P2Y", "P18M", "P90D", "P6W", "P1Y6M"})
  void aPeriodIsTaken(String text) {
    assertThat(new Validity(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2 years", "PT5H", "P0D", "-P1Y", "P-1Y", "P1Y-6M", "P101Y", "P99999999999Y", ""})
  void whatEndsBeforeItBeginsOrNeverInReachIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Validity(text));
  }
}
