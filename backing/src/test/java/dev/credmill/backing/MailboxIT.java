package dev.credmill.backing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.SubjectTerm;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailboxIT {
  @TempDir Path folder;

  @Test
  void whatIsSentBySmtpIsReadOverImap() throws Exception {
    try (Mailbox mailbox = Mailbox.start(folder, 0, 0)) {
      // Given
      send(mailbox, "jose@example.com", "Título para José", "¡Hola!\n.one dot\n");
      // When
      try (Store store = imap(mailbox)) {
        Folder inbox = inbox(store, Folder.READ_ONLY);
        Message message = inbox.getMessage(1);
        // Then
        assertThat(inbox.getMessageCount()).isOne();
        assertThat(message.getSubject()).isEqualTo("Título para José");
        assertThat(message.getContent().toString().lines()).containsExactly("¡Hola!", ".one dot");
        assertThat(message.getHeader("Delivered-To")).containsExactly("jose@example.com");
      }
    }
  }

  @Test
  void messagesAndWhatWasReadAreThereAfterARestart() throws Exception {
    // Given
    long firstUid;
    try (Mailbox mailbox = Mailbox.start(folder, 0, 0)) {
      send(mailbox, "first@example.com", "first", "1");
      send(mailbox, "second@example.com", "second", "2");
      try (Store store = imap(mailbox)) {
        Folder inbox = inbox(store, Folder.READ_WRITE);
        firstUid = ((UIDFolder) inbox).getUID(inbox.getMessage(1));
        inbox.getMessage(1).setFlag(Flags.Flag.SEEN, true);
        inbox.close(false);
      }
    }
    // When
    try (Mailbox mailbox = Mailbox.start(folder, 0, 0)) {
      send(mailbox, "third@example.com", "third", "3");
      try (Store store = imap(mailbox)) {
        Folder inbox = inbox(store, Folder.READ_ONLY);
        // Then
        assertThat(Stream.of(inbox.getMessages()).map(MailboxIT::subject))
            .containsExactly("first", "second", "third");
        assertThat(((UIDFolder) inbox).getUID(inbox.getMessage(1))).isEqualTo(firstUid);
        assertThat(inbox.getMessage(1).isSet(Flags.Flag.SEEN)).isTrue();
        assertThat(inbox.getMessage(2).isSet(Flags.Flag.SEEN)).isFalse();
      }
    }
  }

  @Test
  void aMessageWhoseSenderDiesMidwayIsNotThere() throws Exception {
    try (Mailbox mailbox = Mailbox.start(folder, 0, 0)) {
      // When
      try (Socket socket = new Socket("127.0.0.1", mailbox.smtpPort())) {
        OutputStream out = socket.getOutputStream();
        out.write(
            "EHLO here\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\nSubject: half\r\n\r\nThis is all that"
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        await().until(() -> !list("tmp").isEmpty());
      }
      // Then
      await().until(() -> list("tmp").isEmpty());
      assertThat(mailbox.count()).isZero();
    }
  }

  @Test
  void whatAKilledProcessWasWritingIsThrownAway() throws Exception {
    // Given
    Mailbox.start(folder, 0, 0).close();
    Files.writeString(folder.resolve("tmp").resolve("7"), "Subject: half\r\n\r\nThis is all that");
    // When
    try (Mailbox mailbox = Mailbox.start(folder, 0, 0)) {
      // Then
      assertThat(mailbox.count()).isZero();
      assertThat(list("tmp")).isEmpty();
    }
  }

  @Test
  void anExpungedMessageIsGoneAndItsNumberIsNotGivenAgain() throws Exception {
    // Given
    try (Mailbox mailbox = Mailbox.start(folder, 0, 0)) {
      send(mailbox, "a@example.com", "kept", "1");
      send(mailbox, "a@example.com", "deleted", "2");
      try (Store store = imap(mailbox)) {
        Folder inbox = inbox(store, Folder.READ_WRITE);
        inbox.getMessage(2).setFlag(Flags.Flag.DELETED, true);
        inbox.close(true);
      }
    }
    // When
    try (Mailbox mailbox = Mailbox.start(folder, 0, 0)) {
      send(mailbox, "a@example.com", "new", "3");
      // Then
      assertThat(mailbox.messages(10, Long.MAX_VALUE))
          .extracting(Mailbox.Summary::subject)
          .containsExactly("new", "kept");
      assertThat(mailbox.messages(1, Long.MAX_VALUE).getFirst().number()).isEqualTo(3);
    }
  }

  @Test
  void theNewestMessagesAreListedFirstPageByPage() throws Exception {
    try (Mailbox mailbox = Mailbox.start(folder, 0, 0)) {
      // Given
      for (int i = 1; i <= 5; i++) {
        send(mailbox, i + "@example.com", "Zeugnis Nº " + i, "text");
      }
      // When
      List<Mailbox.Summary> newest = mailbox.messages(2, Long.MAX_VALUE);
      List<Mailbox.Summary> next = mailbox.messages(10, newest.getLast().number());
      // Then
      assertThat(newest)
          .extracting(Mailbox.Summary::to)
          .containsExactly("5@example.com", "4@example.com");
      assertThat(next)
          .extracting(Mailbox.Summary::subject)
          .containsExactly("Zeugnis Nº 3", "Zeugnis Nº 2", "Zeugnis Nº 1");
      assertThat(mailbox.message(newest.getFirst().number()).orElseThrow().getSubject())
          .isEqualTo("Zeugnis Nº 5");
    }
  }

  @Test
  void aClientCanSearchListFoldersAndBeToldOfArrivals() throws Exception {
    try (Mailbox mailbox = Mailbox.start(folder, 0, 0);
        Store store = imap(mailbox)) {
      // Given
      send(mailbox, "a@example.com", "needle", "1");
      send(mailbox, "a@example.com", "hay", "2");
      Folder inbox = inbox(store, Folder.READ_ONLY);
      // When
      Message[] found = inbox.search(new SubjectTerm("needle"));
      send(mailbox, "a@example.com", "late", "3");
      // Then
      assertThat(found).hasSize(1);
      await().until(() -> inbox.getMessageCount() == 3);
      assertThat(store.getDefaultFolder().list())
          .extracting(Folder::getName)
          .containsExactly("INBOX");
    }
  }

  private static void send(Mailbox mailbox, String to, String subject, String text)
      throws Exception {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", "127.0.0.1");
    properties.put("mail.smtp.port", Integer.toString(mailbox.smtpPort()));
    MimeMessage message = new MimeMessage(Session.getInstance(properties));
    message.setFrom(new InternetAddress("issuer@example.com"));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
    message.setSubject(subject, "UTF-8");
    message.setText(text, "UTF-8");
    Transport.send(message);
  }

  private static Store imap(Mailbox mailbox) throws Exception {
    Store store = Session.getInstance(new Properties()).getStore("imap");
    store.connect("127.0.0.1", mailbox.imapPort(), Mailbox.USER, Mailbox.PASSWORD);
    return store;
  }

  private static Folder inbox(Store store, int mode) throws Exception {
    Folder inbox = store.getFolder("INBOX");
    inbox.open(mode);
    return inbox;
  }

  private static String subject(Message message) {
    try {
      return message.getSubject();
    } catch (jakarta.mail.MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Path> list(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files.toList();
    }
  }
}
