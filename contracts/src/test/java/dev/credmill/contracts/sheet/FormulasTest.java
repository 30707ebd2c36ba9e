package dev.credmill.contracts.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormulasTest {
  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+49", "-1", "@x", "\tx", "\rx", "\nx"})
  void whatASpreadsheetProgramTakesForAFormulaBecomesText(String cell) {
    assertThat(Formulas.escaped(cell)).isEqualTo("'" + cell);
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "'=1+1", "''-1", "'quoted'", "", "'", "O'Neill", "+49 30 901820"})
  void whateverGoesOutComesBackAsItWas(String cell) {
    assertThat(Formulas.unescaped(Formulas.escaped(cell))).isEqualTo(cell);
  }

  @Test
  void everythingElseStaysAsItIs() {
    assertThat(Formulas.escaped("Ada = 1")).isEqualTo("Ada = 1");
    assertThat(Formulas.escaped("")).isEmpty();
  }
}
