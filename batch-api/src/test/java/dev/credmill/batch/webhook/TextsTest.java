package dev.credmill.batch.webhook;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small things that are read and written. */
class TextsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "550 5.1.1 User unknown | 550 5.1.1",
        "550-5.7.26 This mail is unauthenticated | 550 5.7.26",
        "Given up after 9 attempts: 451 4.3.0 Try later | 451 4.3.0",
        "421 closing | 421",
        "The mail server did not answer in time |",
        "call +49 170 5551234 | ",
        "host 10.2.250.7 said no |",
      })
  void ofAServersWordsTheCodesAreTold(String words, String code) {
    assertThat(ReplyCode.of(Problem.of(ProblemType.MESSAGE_NOT_DELIVERED, words))).isEqualTo(code);
    assertThat(ReplyCode.of(null)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "120 | PT2M",
        "0 | PT0S",
        "Mon, 23 Nov 2026 09:01:00 GMT | PT1M",
        "Mon, 23 Nov 2026 08:00:00 GMT | PT0S",
        "999999999 | P7D",
        "-5 | PT0S",
        "soon | PT0S",
        "| PT0S",
      })
  void aReceiverAsksForAPauseInSecondsOrUntilADate(String header, Duration pause) {
    // Given
    Clock clock = Clock.fixed(Instant.parse("2026-11-23T09:00:00Z"), ZoneOffset.UTC);
    // When, Then
    assertThat(new RetryAfter(clock).of(header)).isEqualTo(pause);
  }

  @Test
  void numbersOfRowsAreWrittenAsRanges() {
    // Given
    RowNumbers numbers = RowNumbers.of(List.of(7, 3, 2, 4, 9, 10, 3));
    // Then
    assertThat(numbers).hasToString("2-4,7,9-10").isEqualTo(RowNumbers.parse("2-4,7,9-10"));
    assertThat(numbers.size()).isEqualTo(6);
    assertThat(numbers.first(4)).hasToString("2-4,7");
    assertThat(numbers.without(4)).hasToString("9-10");
    assertThat(numbers.and(RowNumbers.parse("8"))).hasToString("2-4,7-10");
  }

  @Test
  void theDescriptionOfTheApiNamesEveryTypeThatCanBeChosen() {
    assertThat(EventType.ALL_TEXT)
        .isEqualTo(
            Arrays.stream(EventType.values())
                .filter(type -> type != EventType.WEBHOOK_TEST)
                .map(EventType::text)
                .collect(joining(", ")));
  }

  @Test
  void aMessagesIdIsReadAsItIsWritten() {
    // Given
    MessageId id = MessageId.at(Instant.parse("2026-11-23T09:00:00Z"));
    // Then
    assertThat(MessageId.parse(id.toString())).contains(id);
    assertThat(MessageId.parse("msg_1")).isEmpty();
    assertThat(MessageId.parse(id.toString().toUpperCase(java.util.Locale.ROOT))).isEmpty();
  }
}
