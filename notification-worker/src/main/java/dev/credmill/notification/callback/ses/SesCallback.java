package dev.credmill.notification.callback.ses;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.notification.callback.CallbackBody;
import dev.credmill.notification.delivery.Report;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** SES's events as SNS posts them. */
@ApplicationScoped
public class SesCallback {
  private static final Logger LOG = Logger.getLogger(SesCallback.class);

  /** SNS's messages have 256 KiB at most, and are escaped once more. */
  private static final int LARGEST = 1024 * 1024;

  private final SnsSignature signature;
  private final Downloads downloads;
  private final ObjectMapper json;
  private final Clock clock;

  SesCallback(SnsSignature signature, Downloads downloads, ObjectMapper json, Clock clock) {
    this.signature = signature;
    this.downloads = downloads;
    this.json = json;
    this.clock = clock;
  }

  public List<Report> read(TopicArn topic, InputStream body) throws IOException {
    SnsMessage message = SnsMessage.of(CallbackBody.json(json, CallbackBody.read(body, LARGEST)));
    signature.check(message, topic);
    return switch (message.type()) {
      case SUBSCRIPTION_CONFIRMATION -> {
        confirm(AmazonAddress.of(message.field("SubscribeURL"), topic), topic);
        yield List.of();
      }
      // Somebody has ended the subscription; the address in it would begin it again.
      case UNSUBSCRIBE_CONFIRMATION -> List.of();
      case NOTIFICATION ->
          event(message.field("Message"))
              .flatMap(event -> SesEvent.report(event, clock.instant()))
              .stream()
              .toList();
    };
  }

  private void confirm(URI address, TopicArn topic) {
    try {
      downloads.get(address);
      LOG.infof("callbacks of %s are subscribed to", topic);
    } catch (IOException e) {
      LOG.warnf("the subscription to %s cannot be confirmed: %s", topic, e.getMessage());
      throw ProblemType.UNAVAILABLE.because("The subscription cannot be confirmed just now");
    }
  }

  /** SES says in plain words that it has found the topic. */
  private Optional<JsonNode> event(String message) {
    try {
      return Optional.of(json.readTree(message));
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }
}
