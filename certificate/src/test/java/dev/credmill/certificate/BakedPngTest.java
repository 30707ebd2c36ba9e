package dev.credmill.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BakedPngTest {
  private static final byte[] PICTURE = BuiltInTemplate.PLAIN.template().fill(Map.of()).png(64);

  @Test
  void whatWasBakedIsTakenOutAgain() {
    assertThat(BakedPng.credential(BakedPng.of(PICTURE, "{\"name\":\"Zoë\"}")))
        .hasValue("{\"name\":\"Zoë\"}");
    assertThat(BakedPng.credential(PICTURE)).isEmpty();
    assertThat(BakedPng.credential("{}".getBytes())).isEmpty();
  }

  @Test
  void whateverIsDoneToAPictureNothingBreaks() {
    byte[] baked = BakedPng.of(PICTURE, "{}");
    Random random = new Random(20261123);
    for (int i = 0; i < 5_000; i++) {
      byte[] mutated = baked.clone();
      mutated[random.nextInt(80)] = (byte) random.nextInt();
      assertThat(BakedPng.credential(Arrays.copyOf(mutated, random.nextInt(mutated.length + 1))))
          .isNotNull();
    }
  }
}
