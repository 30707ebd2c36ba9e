package dev.credmill.issuance.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.cryptomator.siv.SivMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SivTest {
  private final Random random = new Random(1);

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 12, 15})
  void givesWhatAGeneralImplementationOfTheRfcGives(int textBytes) {
    for (int round = 0; round < 200; round++) {
      // Given
      byte[] key = random(64);
      byte[] text = random(textBytes);
      byte[] ours = new byte[Siv.TAG + textBytes];
      System.arraycopy(text, 0, ours, Siv.TAG, textBytes);
      // When
      new Siv(key, "claim", textBytes).encrypt(ours, 0);
      // Then
      byte[] theirs =
          new SivMode()
              .encrypt(
                  Arrays.copyOfRange(key, 32, 64),
                  Arrays.copyOf(key, 32),
                  text,
                  "claim".getBytes(StandardCharsets.UTF_8));
      assertThat(ours).isEqualTo(theirs);
    }
  }

  @Test
  void aChangeOfAnyBitIsNoticed() {
    // Given
    Siv siv = new Siv(random(64), "c", 10);
    byte[] bytes = random(26);
    siv.encrypt(bytes, 0);
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] forged = bytes.clone();
      forged[bit / 8] ^= (byte) (1 << bit % 8);
      // When, then
      assertThat(siv.decrypt(forged, 0)).isFalse();
    }
    assertThat(siv.decrypt(bytes, 0)).isTrue();
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
