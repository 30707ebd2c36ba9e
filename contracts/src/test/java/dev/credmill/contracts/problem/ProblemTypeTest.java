package dev.credmill.contracts.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProblemTypeTest {
  @Test
  void everyTypeHasAUriOfItsOwnAnErrorStatusAndATitle() {
    assertThat(Arrays.stream(ProblemType.values()).map(ProblemType::uri)).doesNotHaveDuplicates();
    for (ProblemType type : ProblemType.values()) {
      assertThat(type.uri()).matches("urn:credmill:problem:[a-z0-9-]+");
      assertThat(type.status()).isBetween(400, 599);
      assertThat(type.title()).isNotBlank();
    }
  }

  @Test
  void aProblemSaysWhatHappened() {
    // When
    Problem problem = ProblemType.FILE_EMPTY.because("Upload a sheet").problem();
    // Then
    assertThat(problem.type()).isEqualTo("urn:credmill:problem:file-empty");
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.detail()).isEqualTo("Upload a sheet");
    assertThat(problem.errors()).isEmpty();
  }
}
