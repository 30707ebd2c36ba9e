package dev.credmill.e2e;

import jakarta.mail.BodyPart;
import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.imap.IMAPFolder;

/** Every recipient's mail, read over IMAP. */
final class Inbox {
  private final int port;

  Inbox(int port) {
    this.port = port;
  }

  /** A message as its reader sees it; {@code text} is all of its text, plain and HTML. */
  record Mail(String messageId, String to, String subject, String text) {}

  /** The Message-IDs alone, which is quick for thousands of messages. */
  List<String> messageIds() {
    return read(
        (folder, messages) -> {
          FetchProfile wanted = new FetchProfile();
          wanted.add("Message-ID");
          folder.fetch(messages, wanted);
          List<String> ids = new ArrayList<>(messages.length);
          for (Message message : messages) {
            ids.add(message.getHeader("Message-ID")[0]);
          }
          return ids;
        });
  }

  List<Mail> mails() {
    return read(
        (folder, messages) -> {
          // Whole messages at once: asking for each part of each message takes minutes.
          FetchProfile wanted = new FetchProfile();
          wanted.add(IMAPFolder.FetchProfileItem.MESSAGE);
          folder.fetch(messages, wanted);
          List<Mail> mails = new ArrayList<>(messages.length);
          for (Message message : messages) {
            mails.add(
                new Mail(
                    message.getHeader("Message-ID")[0],
                    message.getRecipients(Message.RecipientType.TO)[0].toString(),
                    message.getSubject(),
                    text(message)));
          }
          return mails;
        });
  }

  private interface Reading<T> {
    T of(Folder folder, Message[] messages) throws MessagingException, IOException;
  }

  private <T> T read(Reading<T> reading) {
    Properties properties = new Properties();
    properties.put("mail.store.protocol", "imap");
    properties.put("mail.imap.timeout", "120000");
    try (Store store = Session.getInstance(properties).getStore("imap")) {
      store.connect("127.0.0.1", port, "inbox", "inbox");
      try (Folder folder = store.getFolder("INBOX")) {
        folder.open(Folder.READ_ONLY);
        return reading.of(folder, folder.getMessages());
      }
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(Part part) throws MessagingException, IOException {
    if (part.isMimeType("text/*")) {
      return part.getContent().toString() + "\n";
    }
    StringBuilder text = new StringBuilder();
    if (part.getContent() instanceof Multipart multipart) {
      for (int i = 0; i < multipart.getCount(); i++) {
        BodyPart inner = multipart.getBodyPart(i);
        text.append(text(inner));
      }
    }
    return text.toString();
  }
}
