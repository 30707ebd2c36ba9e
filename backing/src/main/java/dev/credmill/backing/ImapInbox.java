package dev.credmill.backing;

import com.icegreen.greenmail.foedus.util.MsgRangeFilter;
import com.icegreen.greenmail.imap.commands.IdRange;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.FolderListener;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.SearchTerm;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongPredicate;

/**
 * A {@link Maildir} as GreenMail's IMAP server wants to see a folder. GreenMail's own folder keeps
 * every message in memory; this one reads a message from its file when a client asks for it.
 */
final class ImapInbox implements MailFolder {
  private static final Map<Flags.Flag, Maildir.Mark> MARKS =
      Map.of(
          Flags.Flag.ANSWERED, Maildir.Mark.REPLIED,
          Flags.Flag.DELETED, Maildir.Mark.TRASHED,
          Flags.Flag.DRAFT, Maildir.Mark.DRAFT,
          Flags.Flag.FLAGGED, Maildir.Mark.FLAGGED,
          Flags.Flag.SEEN, Maildir.Mark.SEEN);

  /** GreenMail makes stored messages only itself, inside its own kind of folder. */
  private static final MethodHandle NEW_STORED_MESSAGE = storedMessageConstructor();

  private final Maildir maildir;
  private final String fullName;
  private final List<FolderListener> listeners = new CopyOnWriteArrayList<>();
  private volatile long firstRecent;

  ImapInbox(Maildir maildir, String fullName) {
    this.maildir = maildir;
    this.fullName = fullName;
    this.firstRecent = maildir.nextNumber();
    maildir.onArrival(position -> listeners.forEach(listener -> listener.added(position)));
  }

  @Override
  public String getName() {
    return "INBOX";
  }

  @Override
  public String getFullName() {
    return fullName;
  }

  @Override
  public Flags getAvailableFlags() {
    Flags flags = new Flags();
    MARKS.keySet().forEach(flags::add);
    return flags;
  }

  @Override
  public Flags getPermanentFlags() {
    return getAvailableFlags();
  }

  @Override
  public int getMessageCount() {
    return maildir.size();
  }

  @Override
  public int getRecentCount(boolean reset) {
    int count = 0;
    long[] numbers = maildir.numbers();
    while (count < numbers.length && numbers[numbers.length - 1 - count] >= firstRecent) {
      count++;
    }
    if (reset) {
      firstRecent = maildir.nextNumber();
    }
    return count;
  }

  @Override
  public long getUidValidity() {
    return maildir.validity();
  }

  @Override
  public int getFirstUnseen() {
    int first = maildir.lacking(Maildir.Mark.SEEN).first();
    return first == 0 ? -1 : first;
  }

  @Override
  public int getUnseenCount() {
    return maildir.lacking(Maildir.Mark.SEEN).count();
  }

  @Override
  public boolean isSelectable() {
    return true;
  }

  @Override
  public long getUIDNext() {
    return maildir.nextNumber();
  }

  @Override
  public long appendMessage(MimeMessage message, Flags flags, Date received) {
    try {
      Path file = maildir.unfinished();
      try (OutputStream out = Files.newOutputStream(file)) {
        message.writeTo(out);
      }
      long number = maildir.deliver(file);
      maildir.mark(number, marks(flags));
      return number;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void store(MovingMessage mail) {
    store(mail.getMessage());
  }

  @Override
  public void store(MimeMessage mail) {
    appendMessage(mail, new Flags(), new Date());
  }

  @Override
  public void deleteAllMessages() {
    remove(_ -> true);
  }

  @Override
  public void expunge() {
    remove(number -> maildir.marks(number).contains(Maildir.Mark.TRASHED));
  }

  @Override
  public void expunge(IdRange[] ranges) {
    remove(
        number ->
            IdRange.containsUid(ranges, number)
                && maildir.marks(number).contains(Maildir.Mark.TRASHED));
  }

  private void remove(LongPredicate chosen) {
    long[] numbers = maildir.numbers();
    // From the end, so that the positions told to the listeners stay right.
    for (int i = numbers.length - 1; i >= 0; i--) {
      if (chosen.test(numbers[i])) {
        int position = i + 1;
        try {
          maildir.remove(numbers[i]);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        listeners.forEach(listener -> listener.expunged(position));
      }
    }
  }

  @Override
  public void addListener(FolderListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeListener(FolderListener listener) {
    listeners.remove(listener);
  }

  @Override
  public StoredMessage getMessage(long uid) {
    return maildir.file(uid).map(file -> read(uid, file)).orElse(null);
  }

  @Override
  public long[] getMessageUids() {
    return maildir.numbers();
  }

  @Override
  public long[] search(SearchTerm term) {
    long[] numbers = maildir.numbers();
    long[] found = new long[numbers.length];
    int count = 0;
    for (int i = 0; i < numbers.length; i++) {
      StoredMessage message = getMessage(numbers[i]);
      if (message != null) {
        message.updateMessageNumber(i + 1);
        if (term.match(message.getMimeMessage())) {
          found[count++] = numbers[i];
        }
      }
    }
    return java.util.Arrays.copyOf(found, count);
  }

  @Override
  public long copyMessage(long uid, MailFolder to) throws FolderException {
    StoredMessage message = getMessage(uid);
    if (message == null) {
      throw new FolderException("No message " + uid);
    }
    return to.appendMessage(message.getMimeMessage(), message.getFlags(), new Date());
  }

  @Override
  public long moveMessage(long uid, MailFolder to) throws FolderException {
    long copy = copyMessage(uid, to);
    remove(number -> number == uid);
    return copy;
  }

  @Override
  public void setFlags(Flags flags, boolean on, long uid, FolderListener silent, boolean tellUid)
      throws FolderException {
    Set<Maildir.Mark> marks = EnumSet.noneOf(Maildir.Mark.class);
    marks.addAll(maildir.marks(uid));
    if (on) {
      marks.addAll(marks(flags));
    } else {
      marks.removeAll(marks(flags));
    }
    mark(uid, marks, silent, tellUid);
  }

  @Override
  public void replaceFlags(Flags flags, long uid, FolderListener silent, boolean tellUid)
      throws FolderException {
    mark(uid, marks(flags), silent, tellUid);
  }

  private void mark(long uid, Set<Maildir.Mark> marks, FolderListener silent, boolean tellUid)
      throws FolderException {
    try {
      maildir.mark(uid, marks);
    } catch (IOException e) {
      throw new FolderException(e);
    }
    int position = getMsn(uid);
    for (FolderListener listener : listeners) {
      if (listener != silent) {
        listener.flagsUpdated(position, flags(uid), tellUid ? uid : null);
      }
    }
  }

  @Override
  public int getMsn(long uid) throws FolderException {
    int position = maildir.position(uid);
    if (position == 0) {
      throw new FolderException("No message " + uid);
    }
    return position;
  }

  @Override
  public void signalDeletion() {
    listeners.forEach(FolderListener::mailboxDeleted);
  }

  @Override
  public List<StoredMessage> getMessages(MsgRangeFilter range) {
    long[] numbers = maildir.numbers();
    List<StoredMessage> messages = new ArrayList<>();
    for (int i = 0; i < numbers.length; i++) {
      if (range.includes(i + 1)) {
        messages.add(getMessage(numbers[i]));
      }
    }
    return messages;
  }

  @Override
  public List<StoredMessage> getMessages() {
    long[] numbers = maildir.numbers();
    return new AbstractList<>() {
      @Override
      public StoredMessage get(int index) {
        return getMessage(numbers[index]);
      }

      @Override
      public int size() {
        return numbers.length;
      }
    };
  }

  @Override
  public List<StoredMessage> getNonDeletedMessages() {
    List<StoredMessage> messages = new ArrayList<>();
    for (long number : maildir.numbers()) {
      if (!maildir.marks(number).contains(Maildir.Mark.TRASHED)) {
        messages.add(getMessage(number));
      }
    }
    return messages;
  }

  private StoredMessage read(long number, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      MimeMessage message = new MimeMessage((Session) null, in);
      message.setFlags(flags(number), true);
      Date received = Date.from(Files.getLastModifiedTime(file).toInstant());
      return (StoredMessage) NEW_STORED_MESSAGE.invoke(message, received, number);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("message " + number + " cannot be read", e);
    }
  }

  private Flags flags(long number) {
    Flags flags = new Flags();
    Set<Maildir.Mark> marks = maildir.marks(number);
    MARKS.forEach(
        (flag, mark) -> {
          if (marks.contains(mark)) {
            flags.add(flag);
          }
        });
    return flags;
  }

  private static Set<Maildir.Mark> marks(Flags flags) {
    Set<Maildir.Mark> marks = EnumSet.noneOf(Maildir.Mark.class);
    MARKS.forEach(
        (flag, mark) -> {
          if (flags != null && flags.contains(flag)) {
            marks.add(mark);
          }
        });
    return marks;
  }

  private static MethodHandle storedMessageConstructor() {
    try {
      return MethodHandles.privateLookupIn(StoredMessage.class, MethodHandles.lookup())
          .findConstructor(
              StoredMessage.class,
              MethodType.methodType(void.class, MimeMessage.class, Date.class, long.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("GreenMail is another version than this was made for", e);
    }
  }
}
