package dev.credmill.batch.webhook;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** An integrator's software: takes requests over real HTTP and answers as a test says. */
final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile Answering answering = exchange -> answer(exchange, 204);

  /** What becomes of a request once it is taken down. */
  interface Answering {
    void to(HttpExchange exchange) throws IOException;
  }

  Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      received.add(Received.of(exchange));
      answering.to(exchange);
    }
  }

  static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
  }

  Receiver answers(Answering how) {
    answering = how;
    return this;
  }

  Receiver answers(int status) {
    return answers(exchange -> answer(exchange, status));
  }

  Receiver answers(int status, Map<String, String> headers) {
    return answers(
        exchange -> {
          headers.forEach(exchange.getResponseHeaders()::add);
          answer(exchange, status);
        });
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return url("127.0.0.1");
  }

  String url(String host) {
    return "http://" + host + ":" + port() + "/hook?tenant=7";
  }

  List<Received> received() {
    return List.copyOf(received);
  }

  List<Received> until(Predicate<List<Received>> condition) {
    return await().atMost(Duration.ofSeconds(30)).until(this::received, condition);
  }

  List<Received> until(int requests) {
    return until(all -> all.size() >= requests);
  }

  List<Received> of(String type) {
    return received.stream().filter(request -> request.type().equals(type)).toList();
  }

  List<Received> until(String type, int requests) {
    until(_ -> of(type).size() >= requests);
    return of(type);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
