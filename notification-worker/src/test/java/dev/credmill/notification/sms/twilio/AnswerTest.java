package dev.credmill.notification.sms.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.notification.delivery.Attempt;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private final ObjectMapper json = new ObjectMapper();

  @ParameterizedTest
  @CsvSource({
    "201, 0, Taken",
    "400, 21211, Refused",
    "400, 21610, Refused",
    "400, 21606, Unreachable",
    "401, 20003, Unreachable",
    "404, 20404, Unreachable",
    "429, 20429, Deferred",
    "500, 20500, Postponed",
    "502, 0, Uncertain",
    "503, 0, Unreachable",
    "504, 0, Uncertain",
    "302, 0, Unreachable"
  })
  void eachStatusHasItsMeaning(int status, int code, String attempt) {
    assertThat(attempt(status, null, "{\"code\": %d, \"message\": \"x\"}".formatted(code)))
        .extracting(one -> one.getClass().getSimpleName())
        .isEqualTo(attempt);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30 | 2026-11-23T10:00:30Z",
        "Mon, 23 Nov 2026 10:02:00 GMT | 2026-11-23T10:02:00Z",
        "soon | 2026-11-23T10:00:01Z",
        "99999999 | 2026-11-23T10:15:00Z",
        "Mon, 23 Nov 2020 10:02:00 GMT | 2026-11-23T10:00:00Z"
      })
  void whatTwilioSaysOfWhenToComeBackIsHeardWithinReason(String retryAfter, Instant until) {
    assertThat(((Attempt.Deferred) attempt(429, retryAfter, "{}")).until()).isEqualTo(until);
  }

  @Test
  void theWordsNameTheErrorAndNotTheNumber() {
    Attempt attempt =
        attempt(
            400,
            null,
            "{\"code\": 21211, \"message\": \"The 'To' number +4930901820 is not a valid phone number.\"}");
    assertThat(((Attempt.Refused) attempt).words())
        .isEqualTo(
            "400 The 'To' number (number) is not a valid phone number. (Twilio's error 21211)");
  }

  @Test
  void whatIsNoJsonSaysItsStatus() {
    assertThat(((Attempt.Unreachable) attempt(503, null, "<html>")).words()).isEqualTo("503");
  }

  private Attempt attempt(int status, String retryAfter, String body) {
    return new Answer(status, Optional.ofNullable(retryAfter), body.getBytes(UTF_8))
        .attempt(json, NOW);
  }
}
