package dev.credmill.notification.callback.ses;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDownloadsTest {
  private final HttpDownloads downloads = new HttpDownloads();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve("/there", 200, 64 * 1024);
    serve("/moved", 302, 10);
    serve("/large", 200, 64 * 1024 + 1);
    serve("/forbidden", 403, 10);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void whatIsThereIsFetched() throws IOException {
    assertThat(downloads.get(at("/there"))).hasSize(64 * 1024);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/moved", "/large", "/forbidden", "/nowhere"})
  void whatIsTooLargeOrElsewhereIsNot(String path) {
    assertThatIOException().isThrownBy(() -> downloads.get(at(path)));
  }

  @Test
  void whoDoesNotAnswerIsAnError() {
    URI address = at("/there");
    server.stop(0);
    assertThatIOException().isThrownBy(() -> downloads.get(address));
  }

  private void serve(String path, int status, int length) {
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/there");
          exchange.sendResponseHeaders(status, length);
          exchange.getResponseBody().write("x".repeat(length).getBytes(US_ASCII));
          exchange.close();
        });
  }

  private URI at(String path) {
    return URI.create(
        "http://%s:%d%s"
            .formatted(
                server.getAddress().getAddress().getHostAddress(),
                server.getAddress().getPort(),
                path));
  }
}
