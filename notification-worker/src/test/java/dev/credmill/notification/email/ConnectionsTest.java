package dev.credmill.notification.email;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.credmill.contracts.CredmillConfig;
import dev.credmill.notification.Certificate;
import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.PublicAddress;
import dev.credmill.notification.delivery.Attempt;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionsTest {
  private static final Mail MAIL =
      new Mail(
          "no-reply@example.org",
          "ada@example.com",
          "Subject: x\r\n\r\n.hidden dot\r\n".getBytes(US_ASCII));
  private static final Attempt TAKEN = new Attempt.Taken("250 fine");
  private static final Attempt SILENT =
      new Attempt.Unreachable("The mail server did not answer in time");

  private static final Certificate CERTIFICATE = Certificate.of("localhost");

  private LineServer server = new LineServer();
  private Duration timeout;
  private Connections connections = connections("PT20S");

  @AfterEach
  void close() throws IOException {
    connections.close();
    server.close();
  }

  @Test
  void messagesGoOverOneConnectionAfterAnother() {
    assertThat(send()).isEqualTo(TAKEN);
    assertThat(send()).isEqualTo(TAKEN);
    assertThat(server.connections()).isEqualTo(1);
    assertThat(server.heard())
        .containsExactly("EHLO", "MAIL", "RCPT", "DATA", ".", "MAIL", "RCPT", "DATA", ".");
  }

  @Test
  void ofManyMessagesAtOnceEachIsSentOnce() {
    // Given
    int senders = 32;
    int each = 300;
    // When
    List<CompletableFuture<Void>> sending =
        Stream.generate(
                () ->
                    CompletableFuture.runAsync(
                        () ->
                            Stream.generate(this::send).limit(each).forEach(ConnectionsTest::taken),
                        Thread::startVirtualThread))
            .limit(senders)
            .toList();
    sending.forEach(CompletableFuture::join);
    // Then
    assertThat(server.messages()).isEqualTo(senders * each);
    assertThat(server.connections()).isLessThanOrEqualTo(senders);
  }

  private static void taken(Attempt attempt) {
    assertThat(attempt).isEqualTo(TAKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {LineServer.HANGS_UP, "421 4.4.2 idle for too long"})
  void aConnectionThatTheServerHasEndedMeanwhileCostsNoAttempt(String how) throws IOException {
    // Given
    send();
    if (how.equals(LineServer.HANGS_UP)) {
      server.hangUp();
    } else {
      server.answer("MAIL", how);
    }
    // When
    Attempt attempt = send();
    // Then
    assertThat(attempt).isEqualTo(TAKEN);
    assertThat(server.connections()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MAIL", "RCPT", "DATA", "."})
  void aRefusalEndsTheMessageAndNotTheConnection(String verb) {
    // Given
    server.answer(verb, "554 5.7.1 not from you");
    // When
    Attempt refused = send();
    // Then
    assertThat(refused).isEqualTo(new Attempt.Refused("554 5.7.1 not from you"));
    assertThat(send()).isEqualTo(TAKEN);
    assertThat(server.connections()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MAIL", "RCPT", "DATA", "."})
  void aRefusalIsOneAlsoWhenTheConnectionEndsWithIt(String verb) {
    // Given
    server.answer(verb, "554 5.7.1 not from you");
    server.answer("RSET", LineServer.HANGS_UP);
    // When
    Attempt refused = send();
    // Then
    assertThat(refused).isEqualTo(new Attempt.Refused("554 5.7.1 not from you"));
    assertThat(send()).isEqualTo(TAKEN);
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void everyPositiveAnswerToTheLastDotMeansTaken() {
    server.answer(".", "251 2.0.0 forwarded");
    assertThat(send()).isEqualTo(new Attempt.Taken("251 2.0.0 forwarded"));
    assertThat(server.heard()).containsOnlyOnce("DATA");
  }

  @Test
  void aMessageWaitsForOneSilentConnectionOnly() {
    // Given
    connections = connections("PT0.3S");
    server.answer(".", LineServer.SLOW, LineServer.SLOW, LineServer.SLOW);
    List<CompletableFuture<Attempt>> together =
        Stream.generate(() -> CompletableFuture.supplyAsync(this::send, Thread::startVirtualThread))
            .limit(3)
            .toList();
    together.forEach(CompletableFuture::join);
    assertThat(server.connections()).isEqualTo(3);
    server.answer("MAIL", LineServer.SILENCE, LineServer.SILENCE, LineServer.SILENCE);
    // When
    Attempt attempt = send();
    // Then
    assertThat(attempt).isEqualTo(SILENT);
    assertThat(server.heard().stream().filter("MAIL"::equals)).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MAIL", "RCPT", "DATA"})
  void whatBreaksOffBeforeTheLastDotWasNotSent(String verb) {
    server.answer(verb, LineServer.HANGS_UP);
    assertThat(send())
        .isEqualTo(new Attempt.Postponed("The mail server broke off before it had the message"));
  }

  @Test
  void whatBreaksOffAfterTheLastDotMayHaveBeenSent() {
    server.answer(".", LineServer.HANGS_UP);
    assertThat(send())
        .isEqualTo(new Attempt.Uncertain("The connection to the mail server broke", false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "EHLO", "MAIL", "RCPT", "DATA"})
  void silenceBeforeTheLastDotIsNoOutcomeOfTheMessage(String verb) {
    connections = connections("PT0.3S");
    server.answer(verb, LineServer.SILENCE);
    assertThat(send()).isEqualTo(SILENT);
  }

  @Test
  void silenceAfterTheLastDotLeavesTheOutcomeUnknown() {
    connections = connections("PT0.3S");
    server.answer(".", LineServer.SILENCE);
    assertThat(send())
        .isEqualTo(new Attempt.Uncertain("The mail server did not answer in time", true));
  }

  @Test
  void aServerThatNeverComesToTheEndOfAnAnswerIsLeft() {
    // Given
    connections = connections("PT0.3S");
    server.answer("MAIL", LineServer.DRIBBLES);
    // When
    CompletableFuture<Attempt> attempt =
        CompletableFuture.supplyAsync(this::send, Thread::startVirtualThread);
    await()
        .until(
            () -> {
              connections.sweep();
              return attempt.isDone();
            });
    // Then
    assertThat(attempt.join()).isEqualTo(SILENT);
  }

  @Test
  void aServerThatIsSlowWithEachAnswerIsWaitedFor() {
    // Given
    everyAnswerIsSlow();
    // Then
    assertThat(send()).isEqualTo(TAKEN);
  }

  @Test
  void aServerThatIsSlowWithEachAnswerIsLeftWhenTheTimeIsOver() {
    // Given each answer in time, but not all of them together
    connections = connections("PT0.2S");
    everyAnswerIsSlow();
    // When
    CompletableFuture<Attempt> attempt =
        CompletableFuture.supplyAsync(this::send, Thread::startVirtualThread);
    await()
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              connections.sweep();
              return attempt.isDone();
            });
    // Then
    assertThat(attempt.join()).isInstanceOf(Attempt.Unreachable.class);
    assertThat(server.messages()).isZero();
  }

  private void everyAnswerIsSlow() {
    List.of("CONNECT", "EHLO", "MAIL", "RCPT", "DATA", ".")
        .forEach(verb -> server.answer(verb, LineServer.SLOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONAL", "REQUIRED"})
  void aServerThatOffersTlsIsSentNothingBeforeIt(String startTls) throws Exception {
    server = new LineServer(CERTIFICATE.server(), false);
    connections = connections("PT20S", "notification.email.start-tls", startTls);
    assertThat(trusting(CERTIFICATE, this::send)).isEqualTo(TAKEN);
    assertThat(server.heard())
        .containsExactly("EHLO", "STARTTLS", LineServer.TLS, "EHLO", "MAIL", "RCPT", "DATA", ".");
  }

  @Test
  void aServerThatSpeaksTlsFromTheFirstByteOnIsSpokenToSo() throws Exception {
    server = new LineServer(CERTIFICATE.server(), true);
    connections = connections("PT20S", "notification.email.tls", "true");
    assertThat(trusting(CERTIFICATE, this::send)).isEqualTo(TAKEN);
    assertThat(server.heard()).containsExactly(LineServer.TLS, "EHLO", "MAIL", "RCPT", "DATA", ".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONAL", "REQUIRED"})
  void wherePromisedTlsIsRefusedNothingGoesInTheClear(String startTls) {
    server = new LineServer(CERTIFICATE.server(), false);
    server.answer("STARTTLS", "454 4.7.0 TLS not available");
    connections = connections("PT20S", "notification.email.start-tls", startTls);
    assertThat(send()).isInstanceOf(Attempt.Unreachable.class);
    assertThat(server.heard()).startsWith("EHLO", "STARTTLS").doesNotContain("MAIL", "RCPT");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCertificateThatNobodyVouchesForIsRefused(boolean fromTheStart) {
    server = new LineServer(CERTIFICATE.server(), fromTheStart);
    connections = connections("PT20S", "notification.email.tls", Boolean.toString(fromTheStart));
    assertThat(send()).isInstanceOfSatisfying(Attempt.Unreachable.class, ConnectionsTest::insecure);
    assertThat(server.heard()).doesNotContain("MAIL");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCertificateOfAnotherServerIsRefused(boolean fromTheStart) throws Exception {
    Certificate another = Certificate.of("another.example");
    server = new LineServer(another.server(), fromTheStart);
    connections = connections("PT20S", "notification.email.tls", Boolean.toString(fromTheStart));
    assertThat(trusting(another, this::send))
        .isInstanceOfSatisfying(Attempt.Unreachable.class, ConnectionsTest::insecure);
    assertThat(server.heard()).doesNotContain("MAIL");
  }

  private static void insecure(Attempt.Unreachable attempt) {
    assertThat(attempt.words()).startsWith("No secure connection to the mail server");
  }

  /** As where the JVM's trust store has the certificate. */
  private static Attempt trusting(Certificate certificate, Supplier<Attempt> sending)
      throws Exception {
    SSLContext usual = SSLContext.getDefault();
    SSLContext.setDefault(certificate.client());
    try {
      return sending.get();
    } finally {
      SSLContext.setDefault(usual);
    }
  }

  @Test
  void withoutTlsNothingIsSentWhereTlsIsRequired() {
    connections = connections("PT20S", "notification.email.start-tls", "REQUIRED");
    assertThat(send()).isInstanceOf(Attempt.Unreachable.class);
    assertThat(server.heard()).doesNotContain("MAIL", "AUTH");
  }

  @Test
  void aPlainServerIsNotSpokenToWhereTlsIsFromTheFirstByteOn() {
    connections = connections("PT0.3S", "notification.email.tls", "true");
    assertThat(send()).isInstanceOf(Attempt.Unreachable.class);
    assertThat(server.heard()).doesNotContain("EHLO");
  }

  @Test
  void aServerThatIsNotThereIsUnreachable() throws IOException {
    server.close();
    assertThat(send())
        .isEqualTo(new Attempt.Unreachable("The mail server does not take connections"));
  }

  private Attempt send() {
    return connections.send(MAIL, System.nanoTime() + timeout.toNanos());
  }

  private Connections connections(String patience, String... more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "credmill.public-url", "https://credentials.example.org",
                "credmill.service-token", "a-token-for-tests-only",
                "notification.send-timeout", patience,
                "notification.email.host", "localhost",
                "notification.email.port", Integer.toString(server.port())));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(NotificationConfig.class)
            .withMapping(CredmillConfig.class)
            .withSources(new PropertiesConfigSource(settings, "test", 100))
            .build();
    NotificationConfig notification = config.getConfigMapping(NotificationConfig.class);
    PublicAddress address =
        new PublicAddress(config.getConfigMapping(CredmillConfig.class), notification);
    timeout = notification.sendTimeout();
    return new Connections(new PlatformServer(notification, address));
  }
}
