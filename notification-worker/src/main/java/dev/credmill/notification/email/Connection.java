package dev.credmill.notification.email;

import dev.credmill.notification.delivery.Attempt;
import dev.credmill.notification.delivery.MaskedWords;
import dev.credmill.notification.server.AbortableSockets;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.Iterator;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.eclipse.angus.mail.util.MailConnectException;

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

  /** More than a server has to say to a message, or on opening, its certificates included. */
  private static final long MOST_READ = 256 * 1024;

  private final Entrance.Way way;
  private final AbortableSockets sockets;
  private final boolean isForeign;
  private volatile long deadline = Long.MAX_VALUE;
  private long restingSince = System.nanoTime();
  private Phase phase = Phase.BEGUN;
  private boolean usable;

  /**
   * @param properties of the mail library, for this connection alone
   * @param sockets make its socket, and no others
   * @param isForeign whether it leads to a server that an organization has named
   */
  Connection(Properties properties, AbortableSockets sockets, boolean isForeign, Entrance.Way way) {
    super(session(properties, sockets), null);
    this.way = way;
    this.sockets = sockets;
    this.isForeign = isForeign;
  }

  private static Session session(Properties properties, AbortableSockets sockets) {
    properties.put("mail.smtp.socketFactory", sockets);
    // Or a second socket would be tried, which nobody could abort.
    properties.put("mail.smtp.socketFactory.fallback", "false");
    return Session.getInstance(properties);
  }

  /**
   * Connects, secures and logs in.
   *
   * @throws MessagingException when the server cannot be worked with
   */
  void open() throws MessagingException {
    Entrance entrance = way.find();
    Iterator<String> hosts = entrance.hosts().iterator();
    while (!usable) {
      try {
        sockets.mayRead(MOST_READ);
        connect(hosts.next(), entrance.port(), entrance.user(), entrance.password());
        mustHaveLoggedIn(entrance);
        usable = true;
      } catch (MailConnectException e) {
        if (!hosts.hasNext() || isLate()) {
          throw e;
        }
      }
    }
  }

  /** The library logs in where the server offers it, and goes on without where it does not. */
  private void mustHaveLoggedIn(Entrance entrance) throws MessagingException {
    if (entrance.user() != null && !supportsExtension("AUTH") && !supportsExtension("AUTH=LOGIN")) {
      throw new MessagingException("it does not offer to log in (AUTH)");
    }
  }

  /** Hands one message over. */
  Attempt send(Mail mail) {
    phase = Phase.BEGUN;
    usable = false;
    sockets.mayRead(MOST_READ);
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

  /**
   * What the server says against a sender before there is a message; empty where that is nothing.
   * It is asked with the sender as the recipient, for many dislike one only then; that there is no
   * such recipient does not matter.
   */
  Optional<String> objection(String returnPath, String from) throws MessagingException {
    sockets.mayRead(MOST_READ);
    if (simpleCommand("MAIL FROM:<%s>".formatted(returnPath)) != OK) {
      return Optional.of(Hindrance.SENDER.explain(MaskedWords.of(getLastServerResponse(), "")));
    }
    boolean isRefusal = simpleCommand("RCPT TO:<%s>".formatted(from)) / 100 == 5;
    String words = MaskedWords.of(getLastServerResponse(), "");
    simpleCommand("RSET");
    return isRefusal
        ? Hindrance.in(words).map(hindrance -> hindrance.explain(words))
        : Optional.empty();
  }

  /** Whether it leads to a server that an organization has named. */
  boolean isForeign() {
    return isForeign;
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
    if (isForeign && phase == Phase.BEGUN && code / 100 == 5) {
      // Whoever has named the server and the sender can mend it; the messages had better wait.
      return new Attempt.Unreachable(
          Hindrance.SENDER.explain(MaskedWords.of(getLastServerResponse(), recipient)));
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
