package dev.credmill.notification.email;

import dev.credmill.notification.delivery.Attempt;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Connections to the mail server: as many as messages are under way, each kept for the next one,
 * and closed when none came for a while.
 */
@ApplicationScoped
class Connections {
  /** Servers end connections after some minutes of rest; one minute annoys none. */
  private static final long LONGEST_REST = Duration.ofMinutes(1).toNanos();

  private final MailServer server;
  private final Deque<Connection> kept = new ConcurrentLinkedDeque<>();
  private final Map<Connection, Boolean> busy = new ConcurrentHashMap<>();

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
      return connection.send(mail);
    } catch (MessagingException e) {
      return ServerWords.notConnected(e, mail.recipient());
    } finally {
      busy.remove(connection);
    }
  }

  private void giveBack(Connection connection) {
    if (connection.isUsable()) {
      kept.addFirst(connection);
    } else {
      connection.end();
    }
  }

  /** Aborts what takes too long and closes what rests too long. */
  @Scheduled(
      identity = "notification-mail-connections",
      every = "1s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
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

  @PreDestroy
  void close() {
    busy.keySet().forEach(Connection::abort);
    kept.forEach(Connection::end);
  }
}
