package dev.credmill.notification.email;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.notification.Certificate;
import dev.credmill.notification.NamesForTests;
import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.delivery.Attempt;
import dev.credmill.notification.email.identity.OwnServer;
import dev.credmill.notification.email.identity.Passwords;
import dev.credmill.notification.email.identity.Security;
import dev.credmill.notification.server.OwnServers;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** What is asked of a mail server that an organization has named. */
class ForeignServerTest {
  private static final String FROM = "a@acme.example.com";
  private static final Mail MAIL =
      new Mail(FROM, "ada@example.com", "Subject: x\r\n\r\nx\r\n".getBytes(US_ASCII));
  private static final String PASSWORD = "correct horse battery staple";
  private static Certificate right;
  private static Certificate wrong;

  private final AtomicInteger taken = new AtomicInteger();
  private SMTPServer server;

  @BeforeAll
  static void certify() {
    right = Certificate.of(NamesForTests.HOST);
    wrong = Certificate.of("another.example.com");
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Security.class,
      names = {"TLS", "STARTTLS"})
  void aServerThatProvesItsNameIsLoggedInToAndGetsTheMessage(Security security) {
    // Given
    start(security, right);
    // When
    Attempt attempt = send(security, right.trusting(), "127.0.0.1");
    // Then
    assertThat(attempt).isInstanceOf(Attempt.Taken.class);
    assertThat(taken).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Security.class,
      names = {"TLS", "STARTTLS"})
  void aServerWithACertificateForAnotherNameGetsNeitherPasswordNorMessage(Security security) {
    // Given
    start(security, wrong);
    // When
    Attempt attempt = send(security, wrong.trusting(), "127.0.0.1");
    // Then
    assertThat(attempt)
        .isInstanceOfSatisfying(
            Attempt.Unreachable.class,
            unreachable ->
                assertThat(unreachable.words())
                    .startsWith("No secure connection to the mail server")
                    .contains(NamesForTests.HOST));
    assertThat(taken).hasValue(0);
  }

  @ParameterizedTest
  @EnumSource(
      value = Security.class,
      names = {"TLS", "STARTTLS"})
  void aCertificateThatNobodyVouchesForIsRefused(Security security) {
    start(security, right);
    assertThat(send(security, (SSLSocketFactory) SSLSocketFactory.getDefault(), "127.0.0.1"))
        .isInstanceOf(Attempt.Unreachable.class);
    assertThat(taken).hasValue(0);
  }

  @Test
  void whereTlsIsRequiredAndNotOfferedNothingIsSaid() throws IOException {
    try (LineServer plain = new LineServer()) {
      // When
      Attempt attempt = send(plain.port(), Security.STARTTLS, right.trusting(), "127.0.0.1");
      // Then
      assertThat(attempt)
          .isInstanceOfSatisfying(
              Attempt.Unreachable.class,
              unreachable -> assertThat(unreachable.words()).contains("STARTTLS is required"));
      assertThat(plain.heard()).doesNotContain("AUTH", "MAIL");
    }
  }

  @Test
  void aServerThatOffersNoLoginGetsNoMessageForNobodyKnowsWhoseItIs() throws IOException {
    try (LineServer open = new LineServer()) {
      // Given
      open.answer("EHLO", "250 here", "250 here");
      Connections connections = connections(open);
      // When
      Optional<String> login = connections.trial(FROM, FROM);
      Attempt attempt = send(connections);
      // Then
      assertThat(login).hasValueSatisfying(words -> assertThat(words).contains("AUTH"));
      assertThat(attempt).isInstanceOf(Attempt.Unreachable.class);
      assertThat(open.heard()).doesNotContain("MAIL");
    }
  }

  @Test
  void aServerWithoutAUserGetsNoMessageOnceTheOperatorAllowsItNoMore() throws IOException {
    try (LineServer open = new LineServer()) {
      // Given
      NotificationConfig config = NamesForTests.config();
      Connections connections =
          new Connections(
              new ForeignServer(
                  new OwnServer(NamesForTests.HOST, open.port(), Security.NONE, null, null),
                  new OwnServers(new NamesForTests("127.0.0.1"), config),
                  new Passwords(config),
                  "credentials.example.org",
                  config.sendTimeout(),
                  right.trusting()));
      // When
      Attempt attempt = send(connections);
      // Then
      assertThat(attempt).isInstanceOf(Attempt.Unreachable.class);
      assertThat(open.connections()).isZero();
    }
  }

  @Test
  void ofSeveralAddressesTheNextIsTriedWhereOneTakesNoConnection() {
    start(Security.STARTTLS, right);
    assertThat(send(Security.STARTTLS, right.trusting(), "127.0.0.2", "127.0.0.1"))
        .isInstanceOf(Attempt.Taken.class);
  }

  @Test
  void aNameWithAPrivateAddressAmongOthersIsNotConnectedTo() {
    start(Security.STARTTLS, right);
    assertThat(send(Security.STARTTLS, right.trusting(), "127.0.0.1", "10.0.0.1"))
        .isInstanceOfSatisfying(
            Attempt.Unreachable.class,
            unreachable -> assertThat(unreachable.words()).contains("private"));
    assertThat(taken).hasValue(0);
  }

  @Test
  void aServerThatRefusesTheSenderHasTheMessagesWait() throws IOException {
    try (LineServer strict = new LineServer()) {
      // Given
      strict.answer("MAIL", "553 5.7.1 not owned by user ada");
      // When
      Attempt attempt = send(strict.port(), Security.NONE, right.trusting(), "127.0.0.1");
      // Then
      assertThat(attempt)
          .isInstanceOfSatisfying(
              Attempt.Unreachable.class,
              unreachable ->
                  assertThat(unreachable.words()).contains("this sender: 553 5.7.1 not owned"));
    }
  }

  @Test
  void aServerThatRefusesARecipientRefusesThatMessage() throws IOException {
    try (LineServer strict = new LineServer()) {
      strict.answer("RCPT", "550 5.1.1 unknown");
      assertThat(send(strict.port(), Security.NONE, right.trusting(), "127.0.0.1"))
          .isEqualTo(new Attempt.Refused("550 5.1.1 unknown"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RCPT | 553 5.7.1 <a@acme.example.com>: Sender address rejected: not owned by user ada",
        "RCPT | 554 5.7.1 <ada@example.com>: Relay access denied",
        "RCPT | 550 5.1.8 bad sender's system address",
        "DATA | 550 5.7.60 SMTP; Client does not have permissions to send as this sender",
        ". | 550 The from address does not match a verified Sender Identity",
        ". | 554 Message rejected: Email address is not verified.",
        "RCPT | 550 5.4.5 Daily user sending limit exceeded"
      })
  void whatTheServerHasAgainstTheSenderHasTheMessagesWaitWhereverItSaysSo(
      String when, String answer) throws IOException {
    try (LineServer strict = new LineServer()) {
      // Given
      strict.answer(when, answer);
      // When
      Attempt attempt = send(strict.port(), Security.NONE, right.trusting(), "127.0.0.1");
      // Then
      assertThat(attempt)
          .isInstanceOfSatisfying(
              Attempt.Unreachable.class,
              unreachable -> assertThat(unreachable.words()).contains(answer.substring(0, 4)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "550 5.1.1 unknown",
        "550 no such user",
        "552 5.2.2 mailbox over quota",
        "552 5.3.4 message size exceeds fixed limit"
      })
  void whatItHasAgainstTheMessageOrItsRecipientEndsThat(String answer) throws IOException {
    try (LineServer strict = new LineServer()) {
      strict.answer("RCPT", answer);
      assertThat(send(strict.port(), Security.NONE, right.trusting(), "127.0.0.1"))
          .isEqualTo(new Attempt.Refused(answer));
    }
  }

  @Test
  void whereItTookOneBeforeOnlyItsQuotaHasMessagesWait() throws IOException {
    try (LineServer server = new LineServer()) {
      // Given
      Connections connections = connections(server);
      assertThat(send(connections)).isInstanceOf(Attempt.Taken.class);
      // When
      server.answer(
          "RCPT", "550 5.7.1 we want nothing from you", "550 5.4.5 Daily user sending limit");
      // Then
      assertThat(send(connections)).isInstanceOf(Attempt.Refused.class);
      assertThat(send(connections)).isInstanceOf(Attempt.Unreachable.class);
      connections.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MAIL | 553 5.7.1 not owned by user ada | true",
        "RCPT | 553 5.7.1 Sender address rejected | true",
        "RCPT | 550 5.1.1 no such user | false",
        "RCPT | 450 4.2.0 come again | false"
      })
  void aTrialNamesTheSenderAndSendsNothing(String when, String answer, boolean isToldSo)
      throws IOException {
    try (LineServer server = new LineServer()) {
      // Given
      server.answer(when, answer);
      // When
      Optional<String> words = connections(server).trial(FROM, FROM);
      // Then
      assertThat(words.isPresent()).isEqualTo(isToldSo);
      assertThat(server.heard()).contains("MAIL").doesNotContain("DATA");
    }
  }

  @Test
  void aServerThatSaysMoreThanItNeedsToIsLeft() throws IOException {
    try (LineServer endless = new LineServer()) {
      // Given
      endless.answer("CONNECT", "220-" + "x".repeat(1 << 20) + "\r\n220 hello");
      // When
      Optional<String> login = connections(endless).trial(FROM, FROM);
      // Then
      assertThat(login).isPresent();
      assertThat(endless.heard()).isEmpty();
    }
  }

  private void start(Security security, Certificate certificate) {
    UnaryOperator<SMTPServer.Builder> secured =
        switch (security) {
          case NONE -> builder -> builder;
          case STARTTLS ->
              builder ->
                  builder.startTlsSocketFactory(certificate.server()).enableTLS().requireTLS();
          case TLS -> builder -> builder.serverSocketFactory(certificate.server());
        };
    server =
        secured
            .apply(
                SMTPServer.port(0)
                    .bindAddress(InetAddress.ofLiteral("127.0.0.1"))
                    .requireAuth()
                    .authenticationHandlerFactory(
                        new EasyAuthenticationHandlerFactory(
                            (_, password, _) -> {
                              if (!password.equals(PASSWORD)) {
                                throw new LoginFailedException("that is not it");
                              }
                            }))
                    .messageHandler((_, _, _, _) -> taken.incrementAndGet()))
            .build();
    server.start();
  }

  private Attempt send(Security security, SSLSocketFactory tls, String... addresses) {
    return send(server.getPortAllocated(), security, tls, addresses);
  }

  private static Attempt send(
      int port, Security security, SSLSocketFactory tls, String... addresses) {
    Connections connections =
        connections(NamesForTests.config(), port, security, tls, new NamesForTests(addresses));
    try {
      return send(connections);
    } finally {
      connections.close();
    }
  }

  private static Attempt send(Connections connections) {
    return connections.send(MAIL, System.nanoTime() + Duration.ofSeconds(3).toNanos());
  }

  private static Connections connections(LineServer server) {
    return connections(
        NamesForTests.config(),
        server.port(),
        Security.NONE,
        right.trusting(),
        new NamesForTests("127.0.0.1"));
  }

  private static Connections connections(
      NotificationConfig config,
      int port,
      Security security,
      SSLSocketFactory tls,
      NamesForTests names) {
    Passwords passwords = new Passwords(config);
    return new Connections(
        new ForeignServer(
            new OwnServer(
                NamesForTests.HOST, port, security, "ada", passwords.seal(PASSWORD, "of a test")),
            new OwnServers(names, config),
            passwords,
            "credentials.example.org",
            config.sendTimeout(),
            tls));
  }
}
