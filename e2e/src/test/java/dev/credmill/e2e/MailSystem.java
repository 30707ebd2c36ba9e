package dev.credmill.e2e;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** A mail system somewhere that knows none of its recipients, and says so (RFC 3464). */
final class MailSystem {
  private final int smtpPort;

  private MailSystem(int smtpPort) {
    this.smtpPort = smtpPort;
  }

  static MailSystem at(int smtpPort) {
    return new MailSystem(smtpPort);
  }

  /** Sends a message back, to where its Message-ID says that it came from. */
  void returns(Inbox.Mail mail) throws MessagingException {
    String id = mail.messageId().replaceAll("[<>]", "").replaceAll("@.*", "");
    String report =
        """
        Message-ID: <report-on-%1$s@mx.example.net>
        From: MAILER-DAEMON@mx.example.net
        To: bounces+%1$s@quickstart.example
        Subject: Undelivered Mail Returned to Sender
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain

        This is the mail system at host mx.example.net.

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.net

        Final-Recipient: rfc822; %2$s
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 <%2$s>: Recipient address rejected: User unknown

        --b--
        """
            .formatted(id, mail.to())
            .replace("\n", "\r\n");
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.host", "127.0.0.1");
    properties.setProperty("mail.smtp.port", Integer.toString(smtpPort));
    Session session = Session.getInstance(properties);
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect();
      transport.sendMessage(
          new MimeMessage(
              session, new ByteArrayInputStream(report.getBytes(StandardCharsets.UTF_8))),
          new Address[] {new InternetAddress("bounces@quickstart.example")});
    }
  }
}
