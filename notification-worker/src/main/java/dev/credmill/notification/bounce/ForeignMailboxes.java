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
  private static final Duration LONGEST_REST = Duration.ofMinutes(30);

  /** What one server says at once fits into the memory as often as this. */
  private static final int AT_ONCE = 4;

  private final SenderIdentities identities;
  private final Passwords passwords;
  private final OwnServers servers;
  private final MailboxReader reader;
  private final NotificationConfig.Bounces config;
  private final long longest;
  private final Map<OrganizationId, Rest> resting = new ConcurrentHashMap<>();
  private final Set<OrganizationId> reading = ConcurrentHashMap.newKeySet();
  private final Map<ForeignMailbox, Long> open = new ConcurrentHashMap<>();
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
    this.longest = config.ownServers().longestReading().toNanos();
  }

  /**
   * One that could not be read is left alone for a while, or its server would take us for somebody
   * who guesses passwords.
   *
   * @param version of the settings that do not work
   */
  private record Rest(long version, int failures, long until) {
    boolean isOver(long newest) {
      return version != newest || System.nanoTime() - until >= 0;
    }
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
    ForeignMailbox mailbox =
        mailbox(Optional.of(organization), identity.ownMailbox().orElseThrow());
    try {
      turns.acquire();
      try {
        open.put(mailbox, System.nanoTime());
        reader.look(mailbox);
      } finally {
        open.remove(mailbox);
        mailbox.abort();
        turns.release();
      }
      resting.remove(organization);
    } catch (MessagingException | SQLException | RuntimeException | StackOverflowError e) {
      rest(identity);
      LOG.infof("the mailbox of %s cannot be read: %s", organization, words(e));
      LOG.debugf(e, "the mailbox of %s cannot be read", organization);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      reading.remove(organization);
    }
  }

  private void rest(SenderIdentity identity) {
    resting.compute(
        identity.organization(),
        (_, before) -> {
          int failures =
              before == null || before.version != identity.version() ? 0 : before.failures + 1;
          Duration rest = config.every().multipliedBy(1L << Math.min(failures, 16));
          return new Rest(
              identity.version(),
              failures,
              System.nanoTime()
                  + (rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST).toNanos());
        });
  }

  /** What goes on for too long is ended; the next time goes on from there. */
  @Scheduled(
      identity = "notification-own-bounces-end",
      every = "1s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void end() {
    open.forEach(
        (mailbox, since) -> {
          if (System.nanoTime() - since > longest) {
            mailbox.abort();
          }
        });
  }

  @Override
  public Optional<String> login(OwnMailbox own) {
    ForeignMailbox mailbox = mailbox(Optional.empty(), own);
    open.put(mailbox, System.nanoTime());
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
        (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  private static String words(Throwable failure) {
    return MaskedWords.of(failure.getMessage(), "");
  }

  @PreDestroy
  void close() {
    open.keySet().forEach(ForeignMailbox::abort);
  }
}
