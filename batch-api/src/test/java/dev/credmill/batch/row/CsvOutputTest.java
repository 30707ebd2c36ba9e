package dev.credmill.batch.row;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvOutputTest {
  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+49", "-1", "@x", "\tx", "\rx", "\nx"})
  void whatASpreadsheetProgramTakesForAFormulaBecomesText(String cell) {
    assertThat(CsvOutput.harmless(cell)).isEqualTo("'" + cell);
  }

  @Test
  void everythingElseStaysAsItIs() {
    assertThat(CsvOutput.harmless("Ada = 1")).isEqualTo("Ada = 1");
    assertThat(CsvOutput.harmless("")).isEmpty();
  }
}
