package dev.credmill.notification.sms.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.credmill.notification.delivery.Attempt;
import dev.credmill.notification.sms.GatewayWords;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What Twilio answered.
 *
 * @param retryAfter the header of that name (RFC 9110, 10.2.3)
 */
record Answer(int status, Optional<String> retryAfter, byte[] body) {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final Duration A_MOMENT = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  Attempt attempt(ObjectMapper json, Instant now) {
    if (status >= 200 && status < 300) {
      return new Attempt.Taken();
    }
    JsonNode error = error(json);
    String words =
        GatewayWords.of(
            "%d %s".formatted(status, error.path("message").asText("")).strip()
                + (code(error) == 0 ? "" : " (Twilio's error %d)".formatted(code(error))));
    return switch (status) {
      case TOO_MANY_REQUESTS -> new Attempt.Deferred(until(now), words);
      // The message is not at fault: account, log-in, address of the API.
      case 401, 403, 404, 405 -> new Attempt.Unreachable(words);
      case 408 -> new Attempt.Postponed(words);
      // What stands in between had no answer, so the message may be on its way.
      case 502, 504 -> new Attempt.Uncertain(words, true);
      case 503 ->
          retryAfter.isPresent()
              ? new Attempt.Deferred(until(now), words)
              : new Attempt.Unreachable(words);
      default -> {
        if (status < 400 || ErrorCodes.isOfTheAccount(code(error))) {
          yield new Attempt.Unreachable(words);
        }
        yield status < 500 ? new Attempt.Refused(words) : new Attempt.Postponed(words);
      }
    };
  }

  private JsonNode error(ObjectMapper json) {
    try {
      return json.readTree(body);
    } catch (IOException _) {
      return MissingNode.getInstance();
    }
  }

  private static int code(JsonNode error) {
    return error.path("code").asInt(0);
  }

  private Instant until(Instant now) {
    Instant until = retryAfter.flatMap(text -> instant(text, now)).orElse(now.plus(A_MOMENT));
    Instant latest = now.plus(LONGEST_PAUSE);
    return until.isBefore(now) ? now : until.isAfter(latest) ? latest : until;
  }

  /** Seconds or a date. */
  private static Optional<Instant> instant(String text, Instant now) {
    try {
      return Optional.of(
          text.matches("\\d{1,9}")
              ? now.plusSeconds(Long.parseLong(text))
              : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
