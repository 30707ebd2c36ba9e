package dev.credmill.backing;

import com.icegreen.greenmail.imap.ImapServer;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.subethamail.smtp.server.SMTPServer;

/**
 * A mailbox that takes every message for every recipient over SMTP, keeps it on disk, and gives it
 * back over IMAP in the one folder INBOX. On 127.0.0.1 only.
 */
public final class Mailbox implements AutoCloseable {
  /** Name and password of the one IMAP user. */
  public static final String USER = "inbox";

  public static final String PASSWORD = "inbox";
  private static final String LOOPBACK = "127.0.0.1";
  private static final long START_MILLIS = 10_000;

  private final Maildir maildir;
  private final SMTPServer smtp;
  private final ImapServer imap;

  private Mailbox(Maildir maildir, SMTPServer smtp, ImapServer imap) {
    this.maildir = maildir;
    this.smtp = smtp;
    this.imap = imap;
  }

  /**
   * A message as a list shows it.
   *
   * @param number ascending by arrival; also the message's UID in IMAP
   * @param to whom the envelope named, which need not be what the header says
   */
  public record Summary(
      long number, String messageId, String from, String to, String subject, Instant received) {}

  /**
   * Starts both servers on the messages in {@code folder}, making it where it is new.
   *
   * @param smtpPort where to take mail; 0 takes a free one
   * @param imapPort where to give it; 0 takes a free one
   */
  public static Mailbox start(Path folder, int smtpPort, int imapPort) {
    try {
      Maildir maildir = Maildir.open(folder);
      ImapServer imap =
          new ImapServer(
              new ServerSetup(imapPort, LOOPBACK, ServerSetup.PROTOCOL_IMAP),
              new ImapAccount(maildir, USER, PASSWORD));
      imap.setDaemon(true);
      imap.startService();
      if (!imap.waitTillRunning(START_MILLIS)) {
        throw new IllegalStateException(
            "IMAP did not start on port " + imapPort + "; is something else there?");
      }
      SMTPServer smtp = smtp(maildir, smtpPort);
      try {
        smtp.start();
      } catch (RuntimeException e) {
        imap.stopService();
        throw new IllegalStateException(
            "SMTP did not start on port " + smtpPort + "; is something else there?", e);
      }
      return new Mailbox(maildir, smtp, imap);
    } catch (IOException e) {
      throw new UncheckedIOException("the mailbox did not start in " + folder, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public int smtpPort() {
    return smtp.getPortAllocated();
  }

  public int imapPort() {
    return imap.getPort();
  }

  public int count() {
    return maildir.size();
  }

  /**
   * The newest messages first; only their headers are read.
   *
   * @param before only messages with a smaller number; {@link Long#MAX_VALUE} for the newest
   */
  public List<Summary> messages(int limit, long before) {
    long[] numbers = maildir.numbers();
    int end = Arrays.binarySearch(numbers, before);
    List<Summary> summaries = new ArrayList<>(limit);
    for (int i = (end < 0 ? -end - 1 : end) - 1; i >= 0 && summaries.size() < limit; i--) {
      summary(numbers[i]).ifPresent(summaries::add);
    }
    return summaries;
  }

  public Optional<Summary> summary(long number) {
    return read(
        number,
        (file, in) -> {
          InternetHeaders headers = new InternetHeaders(in, true);
          return new Summary(
              number,
              first(headers, "Message-ID"),
              decoded(first(headers, "From")),
              decoded(first(headers, "Delivered-To")),
              decoded(first(headers, "Subject")),
              Files.getLastModifiedTime(file).toInstant());
        });
  }

  public Optional<MimeMessage> message(long number) {
    return read(number, (_, in) -> new MimeMessage((Session) null, in));
  }

  @Override
  public void close() {
    smtp.stop();
    imap.stopService();
  }

  private interface Reading<T> {
    T of(Path file, InputStream in) throws IOException, MessagingException;
  }

  private <T> Optional<T> read(long number, Reading<T> reading) {
    // An IMAP client that marks the message renames its file under our hands: look again then.
    for (int attempt = 0; attempt < 3; attempt++) {
      Optional<Path> file = maildir.file(number);
      if (file.isEmpty()) {
        return Optional.empty();
      }
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file.get()))) {
        return Optional.of(reading.of(file.get(), in));
      } catch (NoSuchFileException _) {
        // next attempt
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (MessagingException e) {
        throw new IllegalStateException("message " + number + " cannot be read", e);
      }
    }
    return Optional.empty();
  }

  private static String first(InternetHeaders headers, String name) {
    String[] values = headers.getHeader(name);
    return values == null ? "" : MimeUtility.unfold(values[0]);
  }

  private static String decoded(String header) {
    try {
      return MimeUtility.decodeText(header);
    } catch (UnsupportedEncodingException _) {
      return header;
    }
  }

  private static SMTPServer smtp(Maildir maildir, int port) throws IOException {
    ExecutorService sessions =
        Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("smtp-", 0).factory());
    SMTPServer server =
        SMTPServer.port(port)
            .bindAddress(InetAddress.getByName(LOOPBACK))
            .hostName("localhost")
            .softwareName("Credmill mailbox")
            .executorService(sessions)
            .insertReceivedHeaders(false)
            .maxMessageSize(MailReceiver.LARGEST)
            .connectionTimeoutMs(300_000)
            .serverSocketFactory(PromptServerSocket::new)
            .messageHandlerFactory(_ -> new MailReceiver(maildir))
            .build();
    server.getCommandHandler().addCommand(new PipeliningEhlo());
    return server;
  }

  /** Sends every answer at once: pipelined commands would else wait 40 ms for each other. */
  private static final class PromptServerSocket extends ServerSocket {
    PromptServerSocket() throws IOException {}

    @Override
    public Socket accept() throws IOException {
      Socket socket = super.accept();
      socket.setTcpNoDelay(true);
      return socket;
    }
  }
}
