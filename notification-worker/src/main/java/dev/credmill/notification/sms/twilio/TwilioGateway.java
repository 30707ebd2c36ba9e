package dev.credmill.notification.sms.twilio;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.delivery.Attempt;
import dev.credmill.notification.sms.Gateway;
import dev.credmill.notification.sms.Sms;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Twilio, or whoever speaks as it does: a request for each message. */
@ApplicationScoped
public class TwilioGateway implements Gateway {
  private static final int LARGEST_ANSWER = 65_536;
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);

  private final NotificationConfig.Sms.Twilio config;
  private final StatusCallback callback;
  private final ObjectMapper json;
  private final Clock clock;
  private final Duration timeout;
  private final HttpClient http;
  private final URI messages;
  private final String authorization;
  private final Map<String, String> sender;

  TwilioGateway(
      NotificationConfig config, StatusCallback callback, ObjectMapper json, Clock clock) {
    this.config = config.sms().twilio();
    this.callback = callback;
    this.json = json;
    this.clock = clock;
    this.timeout = config.sendTimeout();
    String account =
        this.config.accountSid().orElseThrow(() -> missing("notification.sms.twilio.account-sid"));
    String token =
        this.config.authToken().orElseThrow(() -> missing("notification.sms.twilio.auth-token"));
    this.messages =
        URI.create(
            "%s/2010-04-01/Accounts/%s/Messages.json".formatted(this.config.baseUrl(), account));
    this.authorization =
        "Basic " + Base64.getEncoder().encodeToString((account + ":" + token).getBytes(UTF_8));
    this.sender =
        this.config
            .messagingServiceSid()
            .map(sid -> Map.of("MessagingServiceSid", sid))
            .or(() -> this.config.from().map(from -> Map.of("From", from)))
            .orElseThrow(
                () ->
                    missing(
                        "notification.sms.twilio.from or notification.sms.twilio.messaging-service-sid"));
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT)
            .build();
  }

  private static IllegalArgumentException missing(String key) {
    return new IllegalArgumentException("notification.sms.provider is twilio, so set " + key);
  }

  @Override
  public int inFlight() {
    return config.inFlight();
  }

  @Override
  public int perSecond() {
    return config.perSecond();
  }

  @Override
  public Attempt send(Sms sms) {
    ObservedBody body = new ObservedBody(form(sms).getBytes(US_ASCII));
    HttpRequest request =
        HttpRequest.newBuilder(messages)
            .timeout(timeout)
            .header("Authorization", authorization)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            // Twilio itself knows none; gateways that speak as it does may.
            .header("Idempotency-Key", sms.message().toString())
            .POST(body)
            .build();
    CompletableFuture<HttpResponse<byte[]>> exchange =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
    try {
      HttpResponse<byte[]> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(
              response.statusCode(), response.headers().firstValue("Retry-After"), response.body())
          .attempt(json, clock.instant());
    } catch (ExecutionException e) {
      return broken(body, e.getCause() instanceof HttpTimeoutException);
    } catch (TimeoutException _) {
      exchange.cancel(true);
      return broken(body, true);
    } catch (InterruptedException _) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      return broken(body, false);
    }
  }

  /** Before the message was asked for, nothing of it can have gone out. */
  private static Attempt broken(ObservedBody body, boolean silent) {
    if (!body.wasAskedFor()) {
      return new Attempt.Unreachable("The SMS gateway does not take connections");
    }
    return silent
        ? new Attempt.Uncertain("The SMS gateway did not answer in time", true)
        : new Attempt.Uncertain("The connection to the SMS gateway broke", false);
  }

  private String form(Sms sms) {
    Map<String, String> form = new LinkedHashMap<>(sender);
    form.put("To", sms.recipient());
    form.put("Body", sms.text().words());
    form.put("StatusCallback", callback.of(sms.message()));
    return form.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  @PreDestroy
  void close() {
    http.shutdownNow();
  }
}
