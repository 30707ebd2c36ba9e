package dev.credmill.bench.installation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;

/** A mail server that counts what it is given and can be told to misbehave. */
public final class MailSink implements AutoCloseable {
  private static final String MESSAGE_ID = "message-id:";

  /** How it meets a message. */
  public enum Manner {
    /** Takes it. */
    TAKES,
    /** Nothing listens. */
    REFUSES,
    /** Answers 451 to the recipient. */
    POSTPONES,
    /** Answers 451 to one recipient in ten the first time, and 5yz to one in twenty for good. */
    IS_PICKY,
    /** Has the whole message, and breaks the connection off instead of answering, one in two. */
    BREAKS_OFF
  }

  /**
   * What came with one Message-ID.
   *
   * @param recipient of the last copy
   * @param copies how often all of it came, answered or not
   * @param answered how often it was answered with 250
   */
  public record Received(String recipient, int copies, int answered) {}

  private final Map<String, Received> received = new ConcurrentHashMap<>();
  private final Set<String> postponed = ConcurrentHashMap.newKeySet();
  private final Map<String, String> refused = new ConcurrentHashMap<>();
  private final int port;
  private volatile Manner manner = Manner.TAKES;
  private SMTPServer server;

  private MailSink() {
    server = server(0);
    server.start();
    port = server.getPortAllocated();
  }

  public static MailSink start() {
    return new MailSink();
  }

  private SMTPServer server(int where) {
    return SMTPServer.port(where)
        .maxConnections(2_000)
        .messageHandlerFactory(context -> new Handler((Session) context))
        .build();
  }

  public int port() {
    return port;
  }

  /** By Message-ID. */
  public Map<String, Received> received() {
    return Map.copyOf(received);
  }

  /** How many recipients it has answered 451 while it {@link Manner#IS_PICKY was picky}. */
  public int postponed() {
    return postponed.size();
  }

  /** Recipients that it has refused for good, with the status code of the answer. */
  public Map<String, String> refused() {
    return Map.copyOf(refused);
  }

  public synchronized void behave(Manner next) {
    if (manner == Manner.REFUSES && next != Manner.REFUSES) {
      server = server(port);
      server.start();
    } else if (next == Manner.REFUSES && manner != Manner.REFUSES) {
      server.stop();
    }
    manner = next;
  }

  @Override
  public synchronized void close() {
    server.stop();
  }

  private final class Handler implements MessageHandler {
    private final Session session;
    private String recipient = "";

    Handler(Session session) {
      this.session = session;
    }

    @Override
    public void from(String from) {
      // whoever it is
    }

    @Override
    public void recipient(String address) throws RejectException {
      if (manner == Manner.POSTPONES) {
        throw new RejectException(451, "4.3.2 Come back later");
      }
      if (manner == Manner.IS_PICKY) {
        choose(address);
      }
      recipient = address;
    }

    private void choose(String address) throws RejectException {
      switch (Math.floorMod(address.hashCode() * 0x9E3779B9, 1 << 16) % 40) {
        case 0 -> {
          refused.put(address, "5.1.1");
          throw new RejectException(550, "5.1.1 <%s>: User unknown".formatted(address));
        }
        case 1 -> {
          refused.put(address, "5.7.1");
          throw new RejectException(554, "5.7.1 Rejected by policy");
        }
        case 2, 3, 4, 5 -> {
          if (postponed.add(address)) {
            throw new RejectException(451, "4.3.2 Come back later");
          }
        }
        default -> {
          // takes it
        }
      }
    }

    @Override
    public String data(InputStream data) throws IOException {
      String id = messageId(data);
      boolean answers = manner != Manner.BREAKS_OFF || ThreadLocalRandom.current().nextBoolean();
      int answered = answers ? 1 : 0;
      received.merge(
          id,
          new Received(recipient, 1, answered),
          (before, _) ->
              new Received(recipient, before.copies() + 1, before.answered() + answered));
      if (!answers) {
        // Not even a 421, which would say that it was not taken.
        session.closeSocket();
        throw new IOException("breaks off, as it was told to");
      }
      return null;
    }

    /** Reads all of the message; a broken one throws, and so is not counted. */
    private String messageId(InputStream data) throws IOException {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(data, StandardCharsets.ISO_8859_1));
      String id = "";
      boolean inHeader = true;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        inHeader = inHeader && !line.isEmpty();
        if (inHeader && line.regionMatches(true, 0, MESSAGE_ID, 0, MESSAGE_ID.length())) {
          id = line.substring(MESSAGE_ID.length()).strip();
        }
      }
      return id;
    }

    @Override
    public void done() {
      // nothing is kept open
    }
  }
}
