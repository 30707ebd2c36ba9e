package dev.credmill.batch.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DelimiterTest {
  @Test
  void theFirstLineTellsIt() {
    assertThat(of("a,b;c,d\n1;2;3;4")).isEqualTo(',');
    assertThat(of("a;b;\"c,d,e,f\"\n")).isEqualTo(';');
    assertThat(of("a\tb\n")).isEqualTo('\t');
    assertThat(of("only one column\n")).isEqualTo(',');
  }

  private static char of(String head) {
    return Delimiter.of(head.getBytes(StandardCharsets.UTF_8));
  }
}
