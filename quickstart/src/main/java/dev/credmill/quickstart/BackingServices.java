package dev.credmill.quickstart;

import dev.credmill.backing.Broker;
import dev.credmill.backing.Database;
import dev.credmill.backing.Mailbox;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** PostgreSQL, Kafka and the mailbox. */
final class BackingServices implements AutoCloseable {
  static final List<String> SERVICES = List.of("registry", "batch", "issuance", "notification");
  private static final Logger LOG = Logger.getLogger(BackingServices.class);
  private static final List<String> TOPICS =
      List.of(
          "credential-requested",
          "credential-outcome",
          "delivery-requested",
          "delivery-outcome",
          "status-requested",
          "credential-changed");
  private static final int PARTITIONS = 4;

  private final Database database;
  private final Broker broker;
  private final Mailbox mailbox;
  private final AtomicBoolean closed = new AtomicBoolean();

  private BackingServices(Database database, Broker broker, Mailbox mailbox) {
    this.database = database;
    this.broker = broker;
    this.mailbox = mailbox;
  }

  /** Starts all three side by side. When one does not start, those that did are stopped again. */
  static BackingServices start(StateFolder state, int smtpPort, int imapPort) {
    CompletableFuture<Database> database = begin(() -> Database.start(state.postgresql(), 0));
    CompletableFuture<Broker> broker =
        begin(
            () -> {
              Broker started = Broker.start(state.kafka(), 0);
              started.createTopics(TOPICS, PARTITIONS);
              return started;
            });
    CompletableFuture<Mailbox> mailbox =
        begin(() -> Mailbox.start(state.mail(), smtpPort, imapPort));
    try {
      return new BackingServices(database.join(), broker.join(), mailbox.join());
    } catch (CompletionException e) {
      List.of(mailbox, broker, database).forEach(BackingServices::abandon);
      throw new IllegalStateException(e.getCause());
    }
  }

  private static <T> CompletableFuture<T> begin(java.util.function.Supplier<T> start) {
    CompletableFuture<T> started = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("quickstart-start")
        .start(
            () -> {
              try {
                started.complete(start.get());
              } catch (Throwable e) {
                started.completeExceptionally(e);
              }
            });
    return started;
  }

  private static void abandon(CompletableFuture<? extends AutoCloseable> service) {
    try {
      service.join().close();
    } catch (Exception e) {
      LOG.debug("did not start, so does not stop", e);
    }
  }

  Database database() {
    return database;
  }

  Broker broker() {
    return broker;
  }

  Mailbox mailbox() {
    return mailbox;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      for (AutoCloseable service : List.of(mailbox, broker, database)) {
        try {
          service.close();
        } catch (Exception e) {
          LOG.warn("a backing service did not stop cleanly", e);
        }
      }
    }
  }
}
