package dev.credmill.batch.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import dev.credmill.contracts.network.Addresses;
import dev.credmill.contracts.network.PublicNetwork;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PfxOptions;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One request over TLS: to the checked address, for the name. */
class PostTest {
  private static final String HOST = "hooks.receiver.test";
  private static final String PASSWORD = "changeit";
  private static final byte[] BODY = {'{', '}'};
  @TempDir static Path folder;
  private final ScriptedNames names = new ScriptedNames();
  private final Vertx vertx = Vertx.vertx();
  private final AtomicReference<String> named = new AtomicReference<>();
  private HttpsServer server;

  @BeforeEach
  void start() throws Exception {
    Path store = certificate();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          var session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
          named.set(((SNIHostName) session.getRequestedServerNames().getFirst()).getAsciiName());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void theNameIsWhatTheCertificateMustBeFor() throws Exception {
    // Given
    names.set(HOST, "127.0.0.1");
    // When
    Attempt attempt = trusting().send(destination(HOST), Map.of(), BODY);
    // Then
    assertThat(attempt).isEqualTo(new Attempt.Answered(200, Duration.ZERO));
    assertThat(named).hasValue(HOST);
  }

  @Test
  void aCertificateForAnotherNameIsRefused() throws Exception {
    // Given
    names.set("other.receiver.test", "127.0.0.1");
    // When
    Attempt attempt = trusting().send(destination("other.receiver.test"), Map.of(), BODY);
    // Then
    assertThat(attempt).isEqualTo(new Attempt.Unanswered(AttemptError.TLS_FAILED));
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefused() {
    // Given
    names.set(HOST, "127.0.0.1");
    // When
    Attempt attempt = post(new HttpClientOptions()).send(destination(HOST), Map.of(), BODY);
    // Then
    assertThat(attempt).isEqualTo(new Attempt.Unanswered(AttemptError.TLS_FAILED));
  }

  @Test
  void ofSeveralAddressesTheNextIsTriedWhereOneTakesNoConnection() throws Exception {
    // Given
    names.set(HOST, "127.0.0.9", "127.0.0.1");
    // When
    Attempt attempt = trusting().send(destination(HOST), Map.of(), BODY);
    // Then
    assertThat(attempt.error()).isNull();
  }

  @Test
  void whereNobodyListensOrNoNameIsFoundNothingIsSent() throws Exception {
    // Given
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    names.set(HOST, "127.0.0.1");
    // When
    Attempt unheard =
        trusting().send(Destination.of("https://" + HOST + ":" + free, false), Map.of(), BODY);
    Attempt unknown =
        trusting().send(Destination.of("https://nowhere.invalid/", false), Map.of(), BODY);
    // Then
    assertThat(unheard).isEqualTo(new Attempt.Unanswered(AttemptError.NOT_CONNECTED));
    assertThat(unknown).isEqualTo(new Attempt.Unanswered(AttemptError.UNKNOWN_HOST));
  }

  private Destination destination(String host) {
    return Destination.of("https://" + host + ":" + server.getAddress().getPort() + "/", false);
  }

  private Post trusting() throws Exception {
    return post(
        new HttpClientOptions()
            .setPfxTrustOptions(
                new PfxOptions().setPath(certificate().toString()).setPassword(PASSWORD)));
  }

  private Post post(HttpClientOptions options) {
    Addresses addresses = new Addresses(names, new PublicNetwork(List.of("127.0.0.0/8")));
    return new Post(
        vertx, options, addresses, new RetryAfter(Clock.systemUTC()), Duration.ofSeconds(5));
  }

  /** Made by the JDK's own tool, once. */
  private static Path certificate() throws Exception {
    Path store = folder.resolve("receiver.p12");
    if (!Files.exists(store)) {
      Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
      Process made =
          new ProcessBuilder(
                  keytool.toString(),
                  "-genkeypair",
                  "-keyalg",
                  "EC",
                  "-alias",
                  "receiver",
                  "-dname",
                  "CN=" + HOST,
                  "-ext",
                  "san=dns:" + HOST,
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  store.toString(),
                  "-storepass",
                  PASSWORD)
              .inheritIO()
              .start();
      assertThat(made.waitFor()).isZero();
    }
    return store;
  }
}
