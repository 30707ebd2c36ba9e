package dev.credmill.notification.email;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaletteTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "#000000", "#ffffff", "#ffd400", "#7f7f7f", "#767676", "#ff0000", "#00ff00", "#0000ff",
        "#1f5fd6", "#1f242c", "#c0ffee", "#8B0000"
      })
  void wordsCanBeReadWhateverTheColour(String accent) {
    // When
    Palette palette = Palette.of(accent);
    // Then
    assertThat(contrast(palette.ink(), palette.button())).isGreaterThanOrEqualTo(4.5);
    assertThat(contrast(palette.darkInk(), palette.darkButton())).isGreaterThanOrEqualTo(4.5);
    assertThat(contrast(palette.link(), "#ffffff")).isGreaterThanOrEqualTo(4.5);
    assertThat(contrast(palette.darkLink(), "#1f242c")).isGreaterThanOrEqualTo(4.5);
    assertThat(contrast(palette.button(), "#ffffff")).isGreaterThanOrEqualTo(1.2);
  }

  @Test
  void aColourThatNeedsNoHelpStaysAsItIs() {
    assertThat(Palette.of("#7a1fa2").button()).isEqualTo("#7a1fa2");
    assertThat(Palette.of("#7a1fa2").ink()).isEqualTo("#ffffff");
    assertThat(Palette.of("#ffd400").button()).isEqualTo("#ffd400");
    assertThat(Palette.of("#ffd400").ink()).isEqualTo("#000000");
  }

  private static double contrast(String one, String other) {
    return Palette.contrast(
        Integer.parseInt(one.substring(1), 16), Integer.parseInt(other.substring(1), 16));
  }
}
