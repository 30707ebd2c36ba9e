package dev.credmill.notification.bounce;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.Utility;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;

/**
 * The beginning of those headers by which a report is known. Anybody may send a message with more
 * headers, or longer ones, than are read of a server (RFC 9051, 6.4.5: partial).
 */
final class Headers {
  private static final String BEGINNING = "BODY.PEEK[HEADER.FIELDS (FROM CONTENT-TYPE)]<0.4000>";

  private Headers() {}

  /** By the message's number; without those that are gone. */
  static Map<Integer, Message> of(IMAPFolder folder, List<Message> messages)
      throws MessagingException {
    Message[] all = messages.toArray(Message[]::new);
    Map<Integer, Message> headers = new HashMap<>();
    folder.doCommand(
        protocol -> {
          read(protocol, all, headers);
          return null;
        });
    return headers;
  }

  private static void read(IMAPProtocol protocol, Message[] messages, Map<Integer, Message> headers)
      throws ProtocolException {
    Response[] answers = protocol.fetch(Utility.toMessageSet(messages, null), BEGINNING);
    for (Response answer : answers) {
      if (answer instanceof FetchResponse one) {
        BODY body = one.getItem(BODY.class);
        if (body != null && body.getByteArray() != null) {
          headers.put(one.getNumber(), header(body));
        }
      }
    }
    protocol.notifyResponseHandlers(answers);
    protocol.handleResult(answers[answers.length - 1]);
  }

  private static Message header(BODY body) throws ProtocolException {
    try {
      return new MimeMessage((Session) null, body.getByteArrayInputStream());
    } catch (MessagingException e) {
      throw new ProtocolException("a header cannot be read", e);
    }
  }
}
