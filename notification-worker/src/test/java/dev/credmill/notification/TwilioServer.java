package dev.credmill.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Answers as Twilio does, or as it was told to. */
public class TwilioServer implements QuarkusTestResourceLifecycleManager {
  static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";
  static final String TOKEN = "a-token-of-twilio";

  /** What it answers to one request. */
  public sealed interface Answer {
    record Reply(int status, int code, String message, Map<String, String> headers)
        implements Answer {
      Reply(int status, int code, String message) {
        this(status, code, message, Map.of());
      }
    }

    /** It takes the message, and its answer gets lost. */
    record Silence() implements Answer {}
  }

  /** A request that it took. */
  public record Taken(
      String path, Map<String, List<String>> headers, Map<String, String> form, Instant at) {
    String header(String name) {
      return headers.get(name).getFirst();
    }
  }

  private final Map<String, Deque<Answer>> scripts = new ConcurrentHashMap<>();
  private final Map<String, List<Taken>> requests = new ConcurrentHashMap<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;

  /** The answers to the next requests for this recipient; then it takes everything. */
  void script(String recipient, Answer... answers) {
    scripts.put(recipient, new ArrayDeque<>(List.of(answers)));
  }

  /** The requests for this recipient, whatever it answered. */
  List<Taken> requests(String recipient) {
    return requests.getOrDefault(recipient, List.of());
  }

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    return Map.of(
        "notification.sms.provider", "twilio",
        "notification.sms.twilio.base-url", "http://localhost:" + server.getAddress().getPort(),
        "notification.sms.twilio.account-sid", ACCOUNT,
        "notification.sms.twilio.auth-token", TOKEN,
        "notification.sms.twilio.from", "Acme",
        "notification.sms.twilio.per-second", "50",
        "notification.send-timeout", "PT2S");
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    String recipient = form.get("To");
    requests
        .computeIfAbsent(recipient, _ -> new CopyOnWriteArrayList<>())
        .add(
            new Taken(
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders(),
                form,
                Instant.now()));
    Answer answer = scripts.getOrDefault(recipient, new ArrayDeque<>()).poll();
    switch (answer) {
      case null -> reply(exchange, 201, Map.of(), "{\"sid\": \"SM1\", \"status\": \"queued\"}");
      case Answer.Reply(int status, int code, String message, Map<String, String> headers) ->
          reply(
              exchange,
              status,
              headers,
              "{\"code\": %d, \"message\": \"%s\", \"status\": %d}"
                  .formatted(code, message, status));
      case Answer.Silence _ -> awaitEnd();
    }
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void reply(
      HttpExchange exchange, int status, Map<String, String> headers, String body)
      throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static Map<String, String> form(String body) {
    return Arrays.stream(body.split("&"))
        .map(field -> field.split("=", 2))
        .collect(
            Collectors.toMap(
                field -> URLDecoder.decode(field[0], UTF_8),
                field -> URLDecoder.decode(field[1], UTF_8)));
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(TwilioServer.class));
  }

  @Override
  public void stop() {
    end.countDown();
    if (server != null) {
      server.stop(0);
    }
  }
}
