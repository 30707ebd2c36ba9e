package dev.credmill.notification.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credmill.notification.Certificate;
import dev.credmill.notification.NamesForTests;
import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.email.identity.OwnMailbox;
import dev.credmill.notification.email.identity.Passwords;
import dev.credmill.notification.email.identity.Security;
import dev.credmill.notification.server.OwnServers;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of a mailbox that an organization has named. */
class ForeignMailboxTest {
  private static Certificate right;
  private static Certificate wrong;
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private ServerSocket listening;
  private String untagged = "* CAPABILITY IMAP4rev1";

  @BeforeAll
  static void certify() {
    right = Certificate.of(NamesForTests.HOST);
    wrong = Certificate.of("another.example.com");
  }

  @AfterEach
  void close() throws IOException {
    listening.close();
  }

  @Test
  void aServerThatProvesItsNameIsLoggedInTo() throws Exception {
    start(right);
    try (Store store = mailbox(Security.TLS, right.trusting()).connect()) {
      assertThat(store.isConnected()).isTrue();
    }
  }

  @Test
  void aServerWithACertificateForAnotherNameIsNot() throws Exception {
    start(wrong);
    assertThatThrownBy(() -> mailbox(Security.TLS, wrong.trusting()).connect())
        .isInstanceOf(MessagingException.class)
        .hasMessageContaining(NamesForTests.HOST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"* OK {2000000000}", "* 2000000000 EXISTS"})
  void aServerThatAnnouncesMoreThanFitsIntoTheMemoryIsLeft(String answer) throws Exception {
    // Given
    start(null);
    untagged = answer;
    // Then
    assertThatThrownBy(() -> mailbox(Security.NONE, right.trusting()).connect())
        .hasMessageContaining("too much");
  }

  @Test
  void aServerThatNeverStopsIsLeft() throws Exception {
    // Given
    start(null);
    untagged = "* OK and on it goes\r\n".repeat(200_000).strip();
    // Then
    assertThatThrownBy(() -> mailbox(Security.NONE, right.trusting()).connect())
        .isInstanceOf(MessagingException.class);
  }

  @Test
  void whereTlsIsToComeAndIsNotOfferedNobodyLogsIn() throws Exception {
    // Given
    start(null);
    // Then
    assertThatThrownBy(() -> mailbox(Security.STARTTLS, right.trusting()).connect())
        .isInstanceOf(MessagingException.class)
        .hasMessageContaining("STARTTLS");
    assertThat(heard).noneMatch(line -> line.contains("LOGIN") || line.contains("AUTHENTICATE"));
  }

  @Test
  void aPasswordThatCannotBeOpenedIsToBeEnteredAgain() throws Exception {
    start(right);
    NotificationConfig without = NamesForTests.config("notification.master-key", "");
    assertThatThrownBy(
            () -> mailbox(Security.TLS, right.trusting(), new Passwords(without)).connect())
        .isInstanceOf(MessagingException.class)
        .hasMessageContaining("enter it again");
  }

  private ForeignMailbox mailbox(Security security, SSLSocketFactory factory) {
    return mailbox(security, factory, new Passwords(NamesForTests.config()));
  }

  /**
   * @param opening opens the password
   */
  private ForeignMailbox mailbox(Security security, SSLSocketFactory factory, Passwords opening) {
    NotificationConfig config = NamesForTests.config();
    Passwords passwords = new Passwords(config);
    return new ForeignMailbox(
        Optional.empty(),
        new OwnMailbox(
            NamesForTests.HOST,
            listening.getLocalPort(),
            security,
            "ada",
            passwords.seal("secret", "of a test"),
            "INBOX"),
        new OwnServers(new NamesForTests("127.0.0.1"), config),
        opening,
        true,
        Duration.ofMinutes(2),
        factory);
  }

  /** Says yes to everything, and something before it. */
  private void start(Certificate certificate) throws IOException {
    InetAddress here = InetAddress.ofLiteral("127.0.0.1");
    listening =
        certificate == null
            ? new ServerSocket(0, 50, here)
            : certificate.server().getServerSocketFactory().createServerSocket(0, 50, here);
    Thread.ofVirtual()
        .start(
            () -> {
              try (Socket socket = listening.accept()) {
                talk(socket);
              } catch (IOException _) {
                // the client has gone
              }
            });
  }

  private void talk(Socket socket) throws IOException {
    OutputStream out = socket.getOutputStream();
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    write(out, "* OK hello");
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      heard.add(line);
      write(out, untagged);
      write(out, line.split(" ", 2)[0] + " OK done");
    }
  }

  private static void write(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }
}
