package dev.credmill.notification.bounce;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.notification.NotificationConfig;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.sql.SQLException;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The platform's mailbox, to which come back what its own mail server has sent. */
@ApplicationScoped
class BounceMailbox implements Mailbox {
  private static final Logger LOG = Logger.getLogger(BounceMailbox.class);

  private final NotificationConfig.Bounces config;
  private final MailboxReader reader;
  private final String protocol;
  private final Session session;

  BounceMailbox(NotificationConfig config, MailboxReader reader) {
    this.config = config.bounces();
    this.reader = reader;
    this.protocol = this.config.tls() ? "imaps" : "imap";
    this.session = Session.getInstance(ImapProperties.of(protocol));
  }

  @Scheduled(
      identity = "notification-bounces",
      every = "${notification.bounces.every:30s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() {
    if (config.host().isEmpty()) {
      return;
    }
    try {
      reader.look(this);
    } catch (MessagingException | SQLException e) {
      LOG.warnf("the mailbox for what comes back cannot be read: %s", e.getMessage());
      LOG.debug("the mailbox for what comes back cannot be read", e);
    }
  }

  @Override
  public String name() {
    return "%s@%s/%s".formatted(config.user().orElse(""), config.host().orElse(""), folder());
  }

  @Override
  public String folder() {
    return config.folder();
  }

  @Override
  public boolean deletes() {
    return config.delete();
  }

  @Override
  public Optional<OrganizationId> organization() {
    return Optional.empty();
  }

  @Override
  public Store connect() throws MessagingException {
    Store store = session.getStore(protocol);
    store.connect(
        config.host().orElseThrow(),
        config.port(),
        config.user().orElse(null),
        config.password().orElse(null));
    return store;
  }

  @Override
  public void mayRead(long bytes) {
    // the operator's own server may say what it likes
  }

  @Override
  public boolean mayReadOn() {
    return true;
  }
}
