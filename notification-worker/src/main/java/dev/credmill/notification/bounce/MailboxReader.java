package dev.credmill.notification.bounce;

import dev.credmill.notification.delivery.Report;
import dev.credmill.notification.delivery.Reports;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.jboss.logging.Logger;

/**
 * Reads a mailbox to which messages come back. Reports are written down before the place is moved
 * behind them, and may be written down twice; so may several instances read side by side.
 */
@ApplicationScoped
class MailboxReader {
  private static final Logger LOG = Logger.getLogger(MailboxReader.class);
  private static final int CHUNK = 100;
  private static final int LARGEST = 512 * 1024; // bytes; what is larger is no report
  private static final int MOST_READ = 256 * 1024; // of one

  /** What a server may say that tells a message's UID, has a chunk of headers, or one message. */
  private static final long UID = 64; // bytes

  private static final long CHUNK_OF_HEADERS = 4 << 20;
  private static final long ONE = 1 << 20;
  private static final FetchProfile SIZES = new FetchProfile();

  static {
    SIZES.add(IMAPFolder.FetchProfileItem.SIZE);
    SIZES.add(IMAPFolder.FetchProfileItem.INTERNALDATE);
  }

  private final ReadMailbox read;
  private final Reports reports;
  private final Clock clock;

  MailboxReader(ReadMailbox read, Reports reports, Clock clock) {
    this.read = read;
    this.reports = reports;
    this.clock = clock;
  }

  /**
   * Takes down what is new in it.
   *
   * @throws MessagingException when it cannot be read, or not to its end
   */
  void look(Mailbox mailbox) throws MessagingException, SQLException {
    try (Store store = mailbox.connect()) {
      Folder folder = store.getFolder(mailbox.folder());
      folder.open(mailbox.deletes() ? Folder.READ_WRITE : Folder.READ_ONLY);
      try {
        readOn(mailbox, folder);
      } finally {
        // What others have marked as deleted is theirs to remove.
        folder.close(false);
      }
    }
  }

  private void readOn(Mailbox mailbox, Folder folder) throws MessagingException, SQLException {
    String name = mailbox.name();
    UIDFolder uids = (UIDFolder) folder;
    mailbox.mayRead(CHUNK_OF_HEADERS + UID * folder.getMessageCount());
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
      List<Message> ours = take(mailbox, folder, chunk);
      read.moveTo(name, validity, uids.getUID(chunk.getLast()));
      if (mailbox.deletes()) {
        remove(folder, ours);
      }
      if (!mailbox.mayReadOn()) {
        return;
      }
    }
  }

  /** Takes down what they report; says which were of messages of ours. */
  private List<Message> take(Mailbox mailbox, Folder folder, List<Message> chunk)
      throws MessagingException {
    // What headers say with one question; bodies only of what may be a report, for which servers
    // take longest.
    mailbox.mayRead(CHUNK_OF_HEADERS);
    folder.fetch(chunk.toArray(Message[]::new), SIZES);
    Map<Integer, Message> headers = Headers.of((IMAPFolder) folder, chunk);
    Map<Message, Report> found = new LinkedHashMap<>();
    for (Message message : chunk) {
      Message header = headers.get(message.getMessageNumber());
      if (header == null || !ReturnedMail.mayBe(header)) {
        continue;
      }
      mailbox.mayRead(ONE);
      report(message).ifPresent(report -> found.put(message, report));
    }
    if (found.isEmpty()) {
      return List.of();
    }
    List<Report> told = List.copyOf(found.values());
    Set<UUID> known =
        mailbox
            .organization()
            .map(organization -> reports.add(told, organization))
            .orElseGet(() -> reports.add(told));
    LOG.infof(
        "%d messages came back or were reported on; %d are of ours", found.size(), known.size());
    return found.entrySet().stream()
        .filter(entry -> known.contains(entry.getValue().message()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Those and no others; where the server knows no such thing they stay, marked as deleted. */
  private void remove(Folder folder, List<Message> ours) {
    if (ours.isEmpty()) {
      return;
    }
    Message[] messages = ours.toArray(Message[]::new);
    try {
      folder.setFlags(messages, new Flags(Flags.Flag.DELETED), true);
      ((IMAPFolder) folder).expunge(messages);
    } catch (MessagingException e) {
      LOG.debugf("messages that were read could not be removed: %s", e.getMessage());
    }
  }

  /** Else the connection is gone, and nothing is said of the message. */
  private static void mustBeOpen(Message message, MessagingException trouble)
      throws MessagingException {
    if (!message.getFolder().isOpen()) {
      throw trouble;
    }
  }

  /** All of it that counts, at once: what is read by parts asks the server for each. */
  private static InputStream content(Message message) throws MessagingException, IOException {
    try (InputStream content = ((IMAPMessage) message).getMimeStream()) {
      return new ByteArrayInputStream(content.readNBytes(MOST_READ));
    }
  }

  /** Whatever is in it, one message holds up none of the others. */
  private Optional<Report> report(Message message) throws MessagingException {
    try {
      if (message.getSize() > LARGEST) {
        return Optional.empty();
      }
    } catch (MessagingException e) {
      mustBeOpen(message, e);
      return Optional.empty();
    }
    Date received = message.getReceivedDate();
    Instant at = received == null ? clock.instant() : received.toInstant();
    InputStream content;
    try {
      content = content(message);
    } catch (MessageRemovedException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new MessagingException("a message cannot be fetched", e);
    }
    try {
      return new ReturnedMail(new MimeMessage((Session) null, content), at).report();
    } catch (MessagingException | IOException | RuntimeException | StackOverflowError e) {
      LOG.debugf("a message that came back cannot be read: %s", e.getClass().getName());
      return Optional.empty();
    }
  }
}
