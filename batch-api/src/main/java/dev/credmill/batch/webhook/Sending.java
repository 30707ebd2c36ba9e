package dev.credmill.batch.webhook;

import dev.credmill.batch.BatchConfig;
import dev.credmill.contracts.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Sends a message once: write it, sign it, send it, take down what came of it. A process that dies
 * in between leaves the message to the next, under the same id.
 */
@ApplicationScoped
class Sending {
  private static final Logger LOG = Logger.getLogger(Sending.class);

  /** After which a message is tried that our own side could not send. */
  private static final Duration OUR_TROUBLE = Duration.ofSeconds(10);

  private final WebhookConfig config;
  private final MessageBody bodies;
  private final Secrets secrets;
  private final Post post;
  private final DeliveryTable deliveries;
  private final Settling settling;
  private final MeterRegistry meters;
  private final Clock clock;

  Sending(
      BatchConfig config,
      MessageBody bodies,
      Secrets secrets,
      Post post,
      DeliveryTable deliveries,
      Settling settling,
      MeterRegistry meters,
      Clock clock) {
    this.config = config.webhooks();
    this.bodies = bodies;
    this.secrets = secrets;
    this.post = post;
    this.deliveries = deliveries;
    this.settling = settling;
    this.meters = meters;
    this.clock = clock;
  }

  void send(Outgoing message) {
    try {
      byte[] body = bodies.of(message);
      Instant at = clock.instant();
      Map<String, String> headers = headers(message, at, body);
      long start = System.nanoTime();
      Attempt attempt = post(message.url(), headers, body);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      count(attempt, took);
      settling.settle(message, attempt, at, took);
    } catch (RuntimeException | SQLException | IOException e) {
      LOG.warnf(e, "%s could not be sent and will be tried again", message);
      putBack(message);
    }
  }

  private Map<String, String> headers(Outgoing message, Instant at, byte[] body)
      throws SQLException {
    Map<String, String> headers =
        Signature.headers(message.id(), at, body, secrets.of(message.webhook()));
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "Credmill-Webhooks");
    return headers;
  }

  private Attempt post(String url, Map<String, String> headers, byte[] body) {
    try {
      return post.send(Destination.of(url, config.plainHttp()), headers, body);
    } catch (ProblemException e) {
      // It was allowed when the webhook was made, and the operator has changed that.
      return new Attempt.Unanswered(AttemptError.ADDRESS_REFUSED);
    }
  }

  private void count(Attempt attempt, Duration took) {
    String result = attempt.error() == null ? "delivered" : attempt.error().name();
    meters
        .timer("credmill.webhook.attempts", "result", result.toLowerCase(Locale.ROOT))
        .record(took);
  }

  /** Nothing of this is the receiver's fault, so it counts as no failure of its. */
  private void putBack(Outgoing message) {
    try {
      QuarkusTransaction.requiringNew()
          .call(
              () -> {
                Instant now = clock.instant();
                if (now.isAfter(message.begunAt().plus(config.retryFor()))) {
                  deliveries.settle(message, DeliveryView.Status.FAILED, message.failures(), null);
                } else {
                  deliveries.putBack(message, now.plus(OUR_TROUBLE));
                }
                return null;
              });
    } catch (RuntimeException e) {
      LOG.debugf(e, "%s waits for the end of its lease", message);
    }
  }
}
