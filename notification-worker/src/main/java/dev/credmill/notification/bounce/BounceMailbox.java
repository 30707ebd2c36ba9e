package dev.credmill.notification.bounce;

import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.delivery.Report;
import dev.credmill.notification.delivery.Reports;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.jboss.logging.Logger;

/**
 * Reads the mailbox to which messages come back. Reports are written down before the place is moved
 * behind them, and may be written down twice; so may several instances read side by side.
 */
@ApplicationScoped
class BounceMailbox {
  private static final Logger LOG = Logger.getLogger(BounceMailbox.class);
  private static final int CHUNK = 100;
  private static final int LARGEST = 2 << 20; // bytes; what is larger is no report
  private static final String PATIENCE = "30000"; // milliseconds
  private static final FetchProfile HEADERS = new FetchProfile();

  static {
    HEADERS.add(FetchProfile.Item.CONTENT_INFO);
    HEADERS.add(IMAPFolder.FetchProfileItem.HEADERS);
    HEADERS.add(IMAPFolder.FetchProfileItem.SIZE);
    HEADERS.add(IMAPFolder.FetchProfileItem.INTERNALDATE);
  }

  private final NotificationConfig.Bounces config;
  private final ReadMailbox read;
  private final Reports reports;
  private final Clock clock;
  private final Session session;
  private final String name;

  BounceMailbox(NotificationConfig config, ReadMailbox read, Reports reports, Clock clock) {
    this.config = config.bounces();
    this.read = read;
    this.reports = reports;
    this.clock = clock;
    Properties properties = new Properties();
    String protocol = protocol();
    for (String wait : List.of("connectiontimeout", "timeout", "writetimeout")) {
      properties.setProperty("mail.%s.%s".formatted(protocol, wait), PATIENCE);
    }
    // Who else reads the mailbox must not find it read.
    properties.setProperty("mail.%s.peek".formatted(protocol), "true");
    this.session = Session.getInstance(properties);
    this.name =
        "%s@%s/%s"
            .formatted(
                this.config.user().orElse(""), this.config.host().orElse(""), this.config.folder());
  }

  private String protocol() {
    return config.tls() ? "imaps" : "imap";
  }

  @Scheduled(
      identity = "notification-bounces",
      every = "${notification.bounces.every:30s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() {
    if (config.host().isEmpty()) {
      return;
    }
    try (Store store = session.getStore(protocol())) {
      store.connect(
          config.host().get(),
          config.port(),
          config.user().orElse(null),
          config.password().orElse(null));
      try (Folder folder = store.getFolder(config.folder())) {
        folder.open(config.delete() ? Folder.READ_WRITE : Folder.READ_ONLY);
        readOn(folder);
      }
    } catch (MessagingException | SQLException e) {
      LOG.warnf("the mailbox for what comes back cannot be read: %s", e.getMessage());
      LOG.debug("the mailbox for what comes back cannot be read", e);
    }
  }

  private void readOn(Folder folder) throws MessagingException, SQLException {
    UIDFolder uids = (UIDFolder) folder;
    long validity = uids.getUIDValidity();
    long last = read.lastUid(name, validity);
    // A range that ends with the last message always has that one, read or not.
    List<Message> fresh = new ArrayList<>();
    for (Message message : uids.getMessagesByUID(last + 1, UIDFolder.LASTUID)) {
      if (message != null && uids.getUID(message) > last) {
        fresh.add(message);
      }
    }
    for (int from = 0; from < fresh.size(); from += CHUNK) {
      List<Message> chunk = fresh.subList(from, Math.min(from + CHUNK, fresh.size()));
      take(folder, chunk);
      read.moveTo(name, validity, uids.getUID(chunk.getLast()));
    }
  }

  private void take(Folder folder, List<Message> chunk) throws MessagingException {
    // All headers with one question; bodies only of what may be a report, for which servers take
    // longest.
    folder.fetch(chunk.toArray(Message[]::new), HEADERS);
    List<Report> found = new ArrayList<>();
    List<Message> ours = new ArrayList<>();
    for (Message message : chunk) {
      Optional<Report> report = report(message);
      if (report.isPresent()) {
        found.add(report.get());
        ours.add(message);
      }
    }
    if (!found.isEmpty()) {
      int known = reports.add(found);
      LOG.infof("%d messages came back or were reported on; %d are of ours", found.size(), known);
      if (config.delete()) {
        folder.setFlags(ours.toArray(Message[]::new), new Flags(Flags.Flag.DELETED), true);
      }
    }
  }

  /** Whatever is in it, one message holds up none of the others. */
  private Optional<Report> report(Message message) throws MessagingException {
    if (!ReturnedMail.mayBe(message) || message.getSize() > LARGEST) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Instant at = message.getReceivedDate() == null ? now : message.getReceivedDate().toInstant();
    // The whole of it at once: what is read by parts asks the server for each.
    try (InputStream content = ((IMAPMessage) message).getMimeStream()) {
      return new ReturnedMail(new MimeMessage(session, content), at).report();
    } catch (MessagingException | IOException | RuntimeException | StackOverflowError e) {
      if (!message.getFolder().isOpen()) {
        throw new MessagingException("the connection is gone, and nothing is said of the message");
      }
      LOG.debugf("a message that came back cannot be read: %s", e.getClass().getName());
      return Optional.empty();
    }
  }
}
