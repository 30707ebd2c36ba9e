package dev.credmill.batch.preview;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * Stands in for the services that make certificates and messages: answers with what it was asked. A
 * degree "busy" is too much for it, "undrawable" cannot be drawn, and to "silent" it says nothing.
 */
public class MakersTestResource implements QuarkusTestResourceLifecycleManager {
  private static final ObjectMapper JSON = new ObjectMapper();
  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/internal/certificate-templates", MakersTestResource::certificate);
    server.createContext("/internal/messages/preview", MakersTestResource::message);
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return Map.of(
        "quarkus.rest-client.certificate-preview.url", url,
        "credmill.notification-worker.url", url);
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private static void certificate(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode asked = asked(exchange);
      String path = exchange.getRequestURI().getPath();
      switch (asked.path("claims").path("degree").asText()) {
        case "silent" -> {}
        case "busy" -> problem(exchange, "unavailable", 503, "Too much is being drawn");
        case "undrawable" ->
            problem(exchange, "certificate-template-invalid", 422, "The template cannot be drawn");
        default -> {
          String type = path.endsWith(".png") ? "image/png" : "application/pdf";
          answer(exchange, 200, type, path + "\n" + asked);
        }
      }
    }
  }

  private static void message(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode asked = asked(exchange);
      if (asked.path("name").asText().startsWith("silent")) {
        return;
      }
      Map<String, String> written =
          Map.of("to", asked.path("contact").asText(), "text", asked.toString());
      answer(exchange, 200, "application/json", JSON.writeValueAsString(written));
    }
  }

  private static JsonNode asked(HttpExchange exchange) throws IOException {
    if (!"Bearer a-token-for-these-tests"
        .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      exchange.sendResponseHeaders(401, -1);
    }
    return JSON.readTree(exchange.getRequestBody());
  }

  private static void problem(HttpExchange exchange, String type, int status, String detail)
      throws IOException {
    answer(
        exchange,
        status,
        "application/problem+json",
        "{\"type\": \"urn:credmill:problem:%s\", \"title\": \"T\", \"status\": %d, \"detail\": \"%s\"}"
            .formatted(type, status, detail));
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
