package dev.credmill.notification.email;

import dev.credmill.notification.NotificationConfig.EmailConfig;
import dev.credmill.notification.delivery.Attempt;
import dev.credmill.notification.delivery.MaskedWords;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * One connection to the mail server. It knows how far a message got: up to the dot that ends it the
 * server must not deliver it (RFC 5321, 4.1.1.4), and only after that can an outcome be unknown.
 * For one thread at a time; {@link #abort} may come from any.
 */
final class Connection extends SMTPTransport {
  private static final int OK = 250;

  private enum Phase {
    /** Nothing of the message was answered yet. */
    BEGUN,
    /** The server has the sender's address, and perhaps more. */
    KNOWN,
    /** The end of the message is on its way, or was. */
    HANDED_OVER
  }

  private final EmailConfig config;
  private final AbortableSockets sockets;
  private volatile long deadline = Long.MAX_VALUE;
  private long restingSince = System.nanoTime();
  private Phase phase = Phase.BEGUN;
  private boolean usable;

  private Connection(Session session, EmailConfig config, AbortableSockets sockets) {
    super(session, null);
    this.config = config;
    this.sockets = sockets;
  }

  static Connection to(EmailConfig config, Properties settings) {
    AbortableSockets sockets = new AbortableSockets();
    Properties properties = new Properties();
    properties.putAll(settings);
    properties.put("mail.smtp.socketFactory", sockets);
    // Or a second socket would be tried, which nobody could abort.
    properties.put("mail.smtp.socketFactory.fallback", "false");
    return new Connection(Session.getInstance(properties), config, sockets);
  }

  /**
   * Connects, secures and logs in.
   *
   * @throws MessagingException when the server cannot be worked with
   */
  void open() throws MessagingException {
    Optional<String> user = config.user();
    // A password alone would make the library log in as whoever runs this process.
    Optional<String> password = user.flatMap(_ -> config.password());
    connect(config.host(), config.port(), user.orElse(null), password.orElse(null));
    usable = true;
  }

  /** Hands one message over. */
  Attempt send(Mail mail) {
    phase = Phase.BEGUN;
    usable = false;
    try {
      InternetAddress recipient = new InternetAddress();
      recipient.setAddress(mail.recipient());
      sendMessage(new Written(session, mail), new Address[] {recipient});
      usable = true;
      return taken(mail.recipient());
    } catch (MessagingException e) {
      return e.getNextException() instanceof IOException broken
          ? broken(sockets.aborted() || broken instanceof SocketTimeoutException)
          : answered(getLastReturnCode(), mail.recipient());
    } catch (RuntimeException e) {
      if (phase == Phase.HANDED_OVER) {
        return broken(false);
      }
      throw e;
    } finally {
      restingSince = System.nanoTime();
    }
  }

  private Attempt taken(String recipient) {
    return new Attempt.Taken(MaskedWords.of(getLastServerResponse(), recipient));
  }

  /** RFC 5321, 4.3.2: what counts is the first digit. */
  private Attempt answered(int code, String recipient) {
    boolean isPositive = code / 100 == 2;
    if (phase == Phase.HANDED_OVER && isPositive) {
      return taken(recipient);
    }
    if (code == ServerWords.SERVICE_CLOSING) {
      usable = false;
    }
    boolean isRefusal = code / 100 == 4 || code / 100 == 5;
    return isRefusal
        ? ServerWords.attempt(code, getLastServerResponse(), recipient)
        : broken(sockets.aborted());
  }

  /**
   * The library takes a message back after each refusal. Whether that works is a matter of the
   * connection; an exception here would hide the refusal.
   */
  @Override
  public synchronized void issueCommand(String command, int expected) throws MessagingException {
    if (!command.equals("RSET")) {
      super.issueCommand(command, expected);
      return;
    }
    try {
      usable = simpleCommand(command) == OK;
    } catch (MessagingException _) {
      usable = false;
    }
  }

  private Attempt broken(boolean silent) {
    if (phase == Phase.HANDED_OVER) {
      return silent
          ? new Attempt.Uncertain("The mail server did not answer in time", true)
          : new Attempt.Uncertain("The connection to the mail server broke", false);
    }
    return silent
        ? new Attempt.Unreachable("The mail server did not answer in time")
        : new Attempt.Postponed("The mail server broke off before it had the message");
  }

  @Override
  protected void mailFrom() throws MessagingException {
    super.mailFrom();
    phase = Phase.KNOWN;
  }

  @Override
  protected void finishData() throws IOException, MessagingException {
    phase = Phase.HANDED_OVER;
    super.finishData();
  }

  /** Whether more can be sent over it. */
  boolean isUsable() {
    return usable;
  }

  /** Whether the server ended it before it heard anything of the last message. */
  boolean wasOver() {
    return !usable && phase == Phase.BEGUN;
  }

  /** By when what it is doing is to be aborted, in the time of {@link System#nanoTime()}. */
  void mustEndBy(long nanoTime) {
    deadline = nanoTime;
  }

  boolean isLate() {
    return System.nanoTime() - deadline > 0;
  }

  long nanosAtRest() {
    return System.nanoTime() - restingSince;
  }

  /** Ends it at once; a send under way fails. */
  void abort() {
    sockets.abort();
  }

  /** Says good-bye to the server. */
  void end() {
    try {
      close();
    } catch (MessagingException _) {
      // it is over either way
    } finally {
      sockets.abort();
    }
  }

  /** A message whose bytes are there already. */
  private static final class Written extends SMTPMessage {
    private final byte[] bytes;

    Written(Session session, Mail mail) {
      super(session);
      this.bytes = mail.bytes();
      setEnvelopeFrom(mail.returnPath());
    }

    @Override
    public void writeTo(OutputStream out, String[] ignored) throws IOException {
      out.write(bytes);
    }
  }
}
