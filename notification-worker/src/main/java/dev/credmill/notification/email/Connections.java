package dev.credmill.notification.email;

import dev.credmill.notification.delivery.Attempt;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Connections to a mail server: as many as messages are under way, each kept for the next one, and
 * closed when none came for a while.
 */
final class Connections {
  /** Servers end connections after some minutes of rest; one minute annoys none. */
  private static final long LONGEST_REST = Duration.ofMinutes(1).toNanos();

  private final MailServer server;
  private final Deque<Connection> kept = new ConcurrentLinkedDeque<>();
  private final Map<Connection, Boolean> busy = new ConcurrentHashMap<>();
  private volatile boolean hasTaken;
  private volatile boolean retired;

  Connections(MailServer server) {
    this.server = server;
  }

  /**
   * Hands one message over.
   *
   * @param deadline in the time of {@link System#nanoTime()}; what is under way a second after it
   *     is aborted
   */
  Attempt send(Mail mail, long deadline) {
    // One that the server has ended meanwhile costs nothing: the message was not under way. To be
    // asked before the connection is given back, for the next message begins with another answer.
    for (Connection one = kept.pollFirst(); one != null; one = kept.pollFirst()) {
      try {
        Attempt attempt = over(one, mail, deadline);
        if (!one.wasOver() || one.isLate()) {
          return attempt;
        }
      } finally {
        giveBack(one);
      }
    }
    Connection fresh = server.connection();
    try {
      return over(fresh, mail, deadline);
    } finally {
      giveBack(fresh);
    }
  }

  private Attempt over(Connection connection, Mail mail, long deadline) {
    connection.mustEndBy(deadline);
    busy.put(connection, true);
    try {
      if (!connection.isUsable()) {
        connection.open();
      }
      Attempt attempt = connection.send(mail);
      if (attempt instanceof Attempt.Taken) {
        hasTaken = true;
      }
      return connection.isForeign() && attempt instanceof Attempt.Refused(String words)
          ? refused(words)
          : attempt;
    } catch (MessagingException e) {
      return ServerWords.notConnected(e, mail.recipient());
    } finally {
      busy.remove(connection);
    }
  }

  /**
   * Whoever has named the server can mend what it has against their mail as such, so the messages
   * had better wait. Where it took one before, it has something against this one.
   */
  private Attempt refused(String words) {
    return Hindrance.in(words)
        .filter(hindrance -> hindrance == Hindrance.QUOTA || !hasTaken)
        .<Attempt>map(hindrance -> new Attempt.Unreachable(hindrance.explain(words)))
        .orElseGet(() -> new Attempt.Refused(words));
  }

  private void giveBack(Connection connection) {
    if (connection.isUsable()) {
      kept.addFirst(connection);
    } else {
      connection.end();
    }
    if (retired) {
      endKept();
    }
  }

  /**
   * Connects, logs in and names a sender, and no more; says why that does not work, empty where it
   * does.
   */
  Optional<String> trial(String returnPath, String from) {
    Connection connection = server.connection();
    connection.mustEndBy(System.nanoTime() + server.patience().toNanos());
    busy.put(connection, true);
    try {
      connection.open();
      return connection.objection(returnPath, from);
    } catch (MessagingException e) {
      return Optional.of(ServerWords.notConnected(e, "").words());
    } finally {
      busy.remove(connection);
      connection.end();
    }
  }

  /** Aborts what takes too long and closes what rests too long. */
  void sweep() {
    busy.keySet().forEach(this::abortIfLate);
    // The last is the one that rests longest.
    for (Connection last = kept.pollLast(); last != null; last = kept.pollLast()) {
      if (last.nanosAtRest() < LONGEST_REST) {
        kept.addLast(last);
        return;
      }
      last.end();
    }
  }

  /** In one step, or it could hit the next message, begun meanwhile. */
  private void abortIfLate(Connection connection) {
    busy.computeIfPresent(
        connection,
        (_, isBusy) -> {
          if (connection.isLate()) {
            connection.abort();
          }
          return isBusy;
        });
  }

  boolean isUnused() {
    return kept.isEmpty() && busy.isEmpty();
  }

  /** What is under way goes on; no connection is kept any more. */
  void retire() {
    retired = true;
    endKept();
  }

  private void endKept() {
    for (Connection one = kept.pollFirst(); one != null; one = kept.pollFirst()) {
      one.end();
    }
  }

  void close() {
    busy.keySet().forEach(Connection::abort);
    retire();
  }
}
