package dev.credmill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a newcomer does first, and what they may do wrong. */
class CommandLineIT {
  private static final String SAMPLE = Path.of("..", "samples", "diplomas.csv").toString();

  @Test
  void theMainJobRunsFromTheCommandLineAndEndsWithASummary() {
    // Given
    var quickstart = QuickstartProcess.stopped("newcomer");
    // When
    int code = quickstart.run(SAMPLE, "--once", "--fresh");
    // Then
    assertThat(code).as(quickstart.output()).isZero();
    assertThat(quickstart.output())
        .contains("200 rows: 200 issued, 0 failed, 0 invalid")
        .contains("EMAIL: 200 sent, 0 failed")
        .contains(quickstart.url() + "/c/");
  }

  @Test
  void aDefinitionThatIsNotThereIsToldAndEndsWithTwo() {
    // Given
    var quickstart = QuickstartProcess.stopped("mistake");
    // When
    int code = quickstart.run(SAMPLE, "--once", "--definition=nobel-prize");
    // Then
    assertThat(code).as(quickstart.output()).isEqualTo(2);
    assertThat(quickstart.output()).contains("nobel-prize").doesNotContain("Exception");
  }

  @Test
  void aSecondStartOnTheSameStateSaysSoAndLeavesTheFirstAlone() {
    // Given
    try (QuickstartProcess first = QuickstartProcess.start("busy")) {
      // When
      var second = first.another();
      int code = second.run("--fresh");
      // Then
      assertThat(code).isEqualTo(2);
      assertThat(second.output()).contains("Another quickstart", "--state");
      assertThat(Anyone.reads(first.url() + "/q/health/live")).contains("UP");
    }
  }
}
