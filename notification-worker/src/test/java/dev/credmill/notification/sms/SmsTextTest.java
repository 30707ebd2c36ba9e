package dev.credmill.notification.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsTextTest {
  private static final String LINK = "https://credentials.example.org/c/AbC-dEf_0123456789";

  @ParameterizedTest
  @CsvSource({
    // text, how often, alphabet, segments
    "a, 1, GSM_7, 1",
    "a, 160, GSM_7, 1",
    "a, 161, GSM_7, 2",
    "a, 306, GSM_7, 2",
    "a, 307, GSM_7, 3",
    "a, 459, GSM_7, 3",
    "a, 460, GSM_7, 4",
    "€, 80, GSM_7, 1",
    "€, 81, GSM_7, 2",
    // 76 euro signs fill 152 of 153: an escape is never parted from what it escapes
    "€, 152, GSM_7, 2",
    "€, 153, GSM_7, 3",
    "я, 70, UCS_2, 1",
    "я, 71, UCS_2, 2",
    "я, 134, UCS_2, 2",
    "я, 135, UCS_2, 3",
    "😀, 35, UCS_2, 1",
    // 33 of them fill 66 of 67: a pair of surrogates is never parted
    "😀, 36, UCS_2, 2",
    "😀, 66, UCS_2, 2",
    "😀, 67, UCS_2, 3",
    "ç, 1, UCS_2, 1",
    "Ç, 160, GSM_7, 1"
  })
  void segmentsAreCountedAsGatewaysDo(String text, int times, Alphabet alphabet, int segments) {
    SmsText counted = SmsText.of(text.repeat(times));
    assertThat(counted.alphabet()).isEqualTo(alphabet);
    assertThat(counted.segments()).hasSize(segments);
    assertThat(String.join("", counted.segments())).isEqualTo(text.repeat(times));
  }

  @Test
  void typographicCharactersBecomePlainWhereThatIsAllThatKeepsItFromBeingShort() {
    SmsText text = SmsText.of("O’Neill’s “diploma” – see\u00a0it…\u200b");
    assertThat(text.words()).isEqualTo("O'Neill's \"diploma\" - see it...");
    assertThat(text.alphabet()).isEqualTo(Alphabet.GSM_7);
  }

  @Test
  void typographicCharactersStayWhereALetterNeedsTheLongAlphabetAnyway() {
    SmsText text = SmsText.of("Łukasz’s “diploma”");
    assertThat(text.words()).isEqualTo("Łukasz’s “diploma”");
    assertThat(text.alphabet()).isEqualTo(Alphabet.UCS_2);
  }

  @Test
  void lettersOfNamesAreNeverReplaced() {
    assertThat(SmsText.of("Antonín Dvořák, Željko, Þór").words())
        .isEqualTo("Antonín Dvořák, Željko, Þór");
  }

  @Test
  void aLinkStandsWholeInASegmentWhereThatCostsNothing() {
    // Given a link that would begin in one segment and end in the next
    String text = "x".repeat(130) + " " + LINK + " Tell it to nobody.";
    // When
    List<String> segments = SmsText.of(text).segments();
    // Then
    assertThat(segments).containsExactly("x".repeat(130) + " ", LINK + " Tell it to nobody.");
  }

  @Test
  void aLinkIsPartedRatherThanPaidForTwice() {
    // Given text that fits into two segments only if they are filled
    String text = "x".repeat(130) + " " + LINK + "y".repeat(306 - 131 - LINK.length());
    // When, Then
    assertThat(SmsText.of(text).segments()).hasSize(2);
  }

  @Test
  void bytesAreThoseOfTheAlphabet() {
    assertThat(Alphabet.GSM_7.bytes("@_€à{"))
        .containsExactly(0x00, 0x11, 0x1B, 0x65, 0x7F, 0x1B, 0x28);
    assertThat(Alphabet.UCS_2.bytes("я")).containsExactly(0x04, 0x4F);
  }
}
