package dev.credmill.notification.email;

import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.delivery.Attempt;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Deque;
import java.util.Set;
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
  private final long patience;
  private final Deque<Connection> kept = new ConcurrentLinkedDeque<>();
  private final Set<Connection> busy = ConcurrentHashMap.newKeySet();

  Connections(MailServer server, NotificationConfig config) {
    this.server = server;
    this.patience = config.sendTimeout().toNanos();
  }

  /** Hands one message over; ends within the send timeout and a second. */
  Attempt send(Mail mail) {
    long deadline = System.nanoTime() + patience;
    // One that the server has ended meanwhile costs nothing: the message was not under way.
    for (Connection one = kept.pollFirst(); one != null; one = kept.pollFirst()) {
      Attempt attempt = over(one, mail, deadline);
      if (!one.wasOver()) {
        return attempt;
      }
    }
    return over(server.connection(), mail, deadline);
  }

  private Attempt over(Connection connection, Mail mail, long deadline) {
    connection.mustEndBy(deadline);
    busy.add(connection);
    try {
      if (!connection.isUsable()) {
        connection.open();
      }
      return connection.send(mail);
    } catch (MessagingException e) {
      return ServerWords.notConnected(e, mail.recipient());
    } finally {
      busy.remove(connection);
      if (connection.isUsable()) {
        kept.addFirst(connection);
      } else {
        connection.end();
      }
    }
  }

  /** Aborts what takes too long and closes what rests too long. */
  @Scheduled(
      identity = "notification-mail-connections",
      every = "1s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    busy.stream().filter(Connection::isLate).forEach(Connection::abort);
    // The last is the one that rests longest.
    for (Connection last = kept.pollLast(); last != null; last = kept.pollLast()) {
      if (last.nanosAtRest() < LONGEST_REST) {
        kept.addLast(last);
        return;
      }
      last.end();
    }
  }

  @PreDestroy
  void close() {
    busy.forEach(Connection::abort);
    kept.forEach(Connection::end);
  }
}
