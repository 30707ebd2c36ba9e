package dev.credmill.notification.bounce;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.delivery.MaskedWords;
import dev.credmill.notification.email.identity.MailboxTrial;
import dev.credmill.notification.email.identity.OwnMailbox;
import dev.credmill.notification.email.identity.Passwords;
import dev.credmill.notification.email.identity.SenderIdentities;
import dev.credmill.notification.email.identity.SenderIdentity;
import dev.credmill.notification.server.OwnServers;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLSocketFactory;
import org.jboss.logging.Logger;

/**
 * Reads the mailboxes of organizations, each by itself: one that does not work, or is slow, holds
 * up none of the others.
 */
@ApplicationScoped
class ForeignMailboxes implements MailboxTrial {
  private static final Logger LOG = Logger.getLogger(ForeignMailboxes.class);

  /** What one server says at once fits into the memory as often as this. */
  private static final int AT_ONCE = 4;

  private final SenderIdentities identities;
  private final Passwords passwords;
  private final OwnServers servers;
  private final MailboxReader reader;
  private final NotificationConfig.Bounces config;
  private final Duration longest;
  private final Map<OrganizationId, Rest> resting = new ConcurrentHashMap<>();
  private final Set<OrganizationId> reading = ConcurrentHashMap.newKeySet();
  private final Set<ForeignMailbox> open = ConcurrentHashMap.newKeySet();
  private final Semaphore turns = new Semaphore(AT_ONCE, true);

  ForeignMailboxes(
      SenderIdentities identities,
      Passwords passwords,
      OwnServers servers,
      MailboxReader reader,
      NotificationConfig config) {
    this.identities = identities;
    this.passwords = passwords;
    this.servers = servers;
    this.reader = reader;
    this.config = config.bounces();
    this.longest = config.ownServers().longestReading();
  }

  @Scheduled(
      identity = "notification-own-bounces",
      every = "${notification.bounces.every:30s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() {
    for (SenderIdentity identity : identities.withMailbox()) {
      Rest rest = resting.get(identity.organization());
      if ((rest == null || rest.isOver(identity.version()))
          && reading.add(identity.organization())) {
        Thread.ofVirtual().name("mailbox-" + identity.organization()).start(() -> look(identity));
      }
    }
  }

  private void look(SenderIdentity identity) {
    OrganizationId organization = identity.organization();
    try {
      turns.acquire();
      try {
        read(identity, mailbox(Optional.of(organization), identity.ownMailbox().orElseThrow()));
      } finally {
        turns.release();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      reading.remove(organization);
    }
  }

  private void read(SenderIdentity identity, ForeignMailbox mailbox) {
    boolean isRead = false;
    open.add(mailbox);
    try {
      reader.look(mailbox);
      isRead = true;
    } catch (MessagingException | SQLException | RuntimeException | StackOverflowError e) {
      // One that is ended since there is too much in it goes on the next time.
      isRead = mailbox.isReadOn();
      LOG.infof(
          "the mailbox of %s cannot be read%s: %s",
          identity.organization(), isRead ? " to its end" : "", words(e));
      LOG.debugf(e, "the mailbox of %s cannot be read", identity.organization());
    } finally {
      open.remove(mailbox);
      mailbox.abort();
      rest(identity, isRead, mailbox.took());
    }
  }

  private void rest(SenderIdentity identity, boolean isRead, Duration took) {
    resting.compute(
        identity.organization(),
        (_, before) ->
            isRead
                ? Rest.afterReading(identity.version(), took)
                : Rest.afterFailure(before, identity.version(), took, config.every()));
  }

  /** What goes on for too long is ended; the next time goes on from there. */
  @Scheduled(
      identity = "notification-own-bounces-end",
      every = "1s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void end() {
    open.stream().filter(ForeignMailbox::isLate).forEach(ForeignMailbox::abort);
  }

  @Override
  public Optional<String> login(OwnMailbox own) {
    ForeignMailbox mailbox = mailbox(Optional.empty(), own);
    open.add(mailbox);
    try (Store store = mailbox.connect()) {
      Folder folder = store.getFolder(mailbox.folder());
      folder.open(mailbox.deletes() ? Folder.READ_WRITE : Folder.READ_ONLY);
      folder.close(false);
      return Optional.empty();
    } catch (MessagingException | RuntimeException | StackOverflowError e) {
      return Optional.of("The mailbox cannot be worked with: " + words(e));
    } finally {
      open.remove(mailbox);
      mailbox.abort();
    }
  }

  private ForeignMailbox mailbox(Optional<OrganizationId> organization, OwnMailbox mailbox) {
    return new ForeignMailbox(
        organization,
        mailbox,
        servers,
        passwords,
        config.delete(),
        longest,
        (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  private static String words(Throwable failure) {
    return MaskedWords.of(failure.getMessage(), "");
  }

  @PreDestroy
  void close() {
    open.forEach(ForeignMailbox::abort);
  }
}
