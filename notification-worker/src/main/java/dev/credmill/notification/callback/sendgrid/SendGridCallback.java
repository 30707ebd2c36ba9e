package dev.credmill.notification.callback.sendgrid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.callback.CallbackBody;
import dev.credmill.notification.delivery.Report;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** SendGrid's Event Webhook: lists of events, signed as a whole. */
@ApplicationScoped
public class SendGridCallback {
  /** By which our messages carry their name, among the unique arguments of {@code X-SMTPAPI}. */
  public static final String ARGUMENT = "credmill";

  private static final String SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature";
  private static final String TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp";
  private static final int LARGEST = 8 * 1024 * 1024;
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final ObjectMapper json;
  private final Clock clock;
  private final Duration maxAge;

  SendGridCallback(ObjectMapper json, Clock clock, NotificationConfig config) {
    this.json = json;
    this.clock = clock;
    this.maxAge = config.email().callbacks().sendgrid().maxAge();
  }

  public List<Report> read(VerificationKey key, HttpHeaders headers, InputStream body)
      throws IOException {
    String signature = headers.getHeaderString(SIGNATURE);
    String timestamp = headers.getHeaderString(TIMESTAMP);
    if (signature == null || timestamp == null) {
      throw refused();
    }
    Instant now = clock.instant();
    byte[] bytes = CallbackBody.read(body, LARGEST);
    if (!key.verifies(signature, timestamp, bytes)) {
      throw refused();
    }
    if (time(timestamp)
        .filter(at -> at.isAfter(now.minus(maxAge)) && at.isBefore(now.plus(TOLERANCE)))
        .isEmpty()) {
      throw ProblemType.FORBIDDEN.because("The signature is too old, or of another time");
    }
    JsonNode events = CallbackBody.json(json, bytes);
    if (!events.isArray()) {
      throw ProblemType.INVALID_BODY.because("SendGrid's events come as a JSON array");
    }
    return events.valueStream().flatMap(e -> SendGridEvent.report(e, now).stream()).toList();
  }

  private static ProblemException refused() {
    return ProblemType.FORBIDDEN.because(
        SIGNATURE + " does not sign this call; switch the signed event webhook on at SendGrid");
  }

  private static Optional<Instant> time(String seconds) {
    try {
      return Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)));
    } catch (NumberFormatException | DateTimeException _) {
      return Optional.empty();
    }
  }
}
