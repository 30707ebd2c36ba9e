package dev.credmill.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The short version of bin/chaos; a broken invariant stands in its failure. */
class ChaosIT {
  @Test
  void everyInvariantHoldsAfterAStorm() {
    System.setProperty("bench.root", "..");
    Chaos chaos = new Chaos();
    int code =
        new CommandLine(chaos).execute("--rows=5000", "--strikes=6", "--seed=7", "--outage=10");
    assertThat(chaos.findings().broken()).as("%s", chaos.findings().broken()).isEmpty();
    assertThat(code).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--strikes=0", "--rows=-1", "--only=moon", "--sea=1"})
  void wrongOptionsAreToldAndStartNothing(String option) {
    assertThat(new CommandLine(new Chaos()).execute(option)).isEqualTo(2);
  }
}
