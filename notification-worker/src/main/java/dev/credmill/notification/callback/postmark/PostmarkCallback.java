package dev.credmill.notification.callback.postmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.notification.callback.CallbackBody;
import dev.credmill.notification.delivery.Report;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;

/** Postmark's webhooks: one record each, under the user and password in their address. */
@ApplicationScoped
public class PostmarkCallback {
  /** By which our messages carry their name: {@code X-PM-Metadata-credmill}. */
  public static final String METADATA = "credmill";

  private static final int LARGEST = 1024 * 1024;

  private final ObjectMapper json;
  private final Clock clock;

  PostmarkCallback(ObjectMapper json, Clock clock) {
    this.json = json;
    this.clock = clock;
  }

  public List<Report> read(Credentials credentials, HttpHeaders headers, InputStream body)
      throws IOException {
    if (!credentials.areIn(headers.getHeaderString(HttpHeaders.AUTHORIZATION))) {
      // Not a 403, after which Postmark does not try again: a password may be about to be changed.
      throw ProblemType.CALLBACK_UNAUTHENTICATED.because(
          "Enter at Postmark the user and the password that are set up for this callback");
    }
    JsonNode event = CallbackBody.json(json, CallbackBody.read(body, LARGEST));
    if (!event.isObject()) {
      throw ProblemType.INVALID_BODY.because("Postmark's webhooks are JSON objects");
    }
    return PostmarkEvent.report(event, clock.instant()).stream().toList();
  }
}
