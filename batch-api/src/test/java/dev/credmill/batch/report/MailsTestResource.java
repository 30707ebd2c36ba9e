package dev.credmill.batch.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands in for the notification worker: takes mails, and tells of messages. */
public class MailsTestResource implements QuarkusTestResourceLifecycleManager {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final List<JsonNode> mails = new CopyOnWriteArrayList<>();
  private final Map<String, Deque<Integer>> refusals = new ConcurrentHashMap<>();
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/internal/mails", this::mail);
    server.createContext("/internal/deliveries", this::told);
    server.createContext("/internal/sending-pauses", this::told);
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return Map.of(
        "quarkus.rest-client.organization-mail.url",
        url,
        "quarkus.rest-client.delivery-step.url",
        url,
        "quarkus.rest-client.sending-pause.url",
        url,
        "batch.delivery-reports.settled-for",
        "PT1S",
        "batch.delivery-reports.late-after",
        "PT1S",
        "batch.delivery-reports.every",
        "1s");
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(MailsTestResource.class));
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  /** The answers to the next mails for this recipient, in place of taking them. */
  void refuse(String recipient, Integer... statuses) {
    refusals.put(recipient, new ArrayDeque<>(List.of(statuses)));
  }

  /** What is told of the messages of a row, or of an organization that waits. */
  void tell(String path, String answer) {
    answers.put("/internal/" + path, answer);
  }

  /** The reports of a batch that it took for this recipient. */
  List<JsonNode> taken(String recipient, String batch) {
    return mails.stream()
        .filter(mail -> mail.path("recipient").asText().equals(recipient))
        .filter(mail -> mail.path("id").asText().contains(batch))
        .toList();
  }

  private void mail(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!isKnown(exchange)) {
        return;
      }
      JsonNode mail = JSON.readTree(exchange.getRequestBody());
      Integer refusal =
          refusals.getOrDefault(mail.path("recipient").asText(), new ArrayDeque<>()).poll();
      if (refusal == null) {
        mails.add(mail);
      }
      exchange.sendResponseHeaders(refusal == null ? 204 : refusal, -1);
    }
  }

  private void told(HttpExchange exchange) throws IOException {
    try (exchange) {
      String answer = answers.get(exchange.getRequestURI().getPath());
      if (!isKnown(exchange)) {
        return;
      }
      if (answer == null) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      byte[] body = answer.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static boolean isKnown(HttpExchange exchange) throws IOException {
    boolean known =
        "Bearer a-token-for-these-tests"
            .equals(exchange.getRequestHeaders().getFirst("Authorization"));
    if (!known) {
      exchange.sendResponseHeaders(401, -1);
    }
    return known;
  }
}
