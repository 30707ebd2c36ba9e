package dev.credmill.notification.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.credmill.contracts.mail.OrganizationMail;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.Registry;
import dev.credmill.notification.PublicAddress;
import jakarta.activation.DataHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.Properties;

/**
 * Mails to people who work for an organization. There are few, so the library puts them together.
 */
@ApplicationScoped
class OrganizationMails {
  private final Registry registry;
  private final PublicAddress address;
  private final Clock clock;

  OrganizationMails(Registry registry, PublicAddress address, Clock clock) {
    this.registry = registry;
    this.address = address;
    this.clock = clock;
  }

  /**
   * The mail as it goes over the wire.
   *
   * @throws IllegalArgumentException for an address that cannot be written to
   */
  Mail written(OrganizationMail mail) {
    String recipient = Recipient.ascii(mail.recipient());
    String name =
        registry.organization(mail.organization()).map(Organization::name).orElse("Credmill");
    try {
      MimeMessage message = new Identified(mail.id(), address.messageIdDomain());
      message.setHeader("Date", MailDate.of(clock.instant()));
      message.setHeader("From", HeaderText.mailbox(name, address.sender()));
      message.setHeader("To", recipient);
      message.setHeader("Subject", HeaderText.unstructured(mail.subject()));
      message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834, 5
      message.setContent(parts(mail));
      message.saveChanges();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      message.writeTo(bytes);
      return new Mail(address.sender(), recipient, bytes.toByteArray());
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException("the mail could not be put together", e);
    }
  }

  private static MimeMultipart parts(OrganizationMail mail) throws MessagingException {
    MimeBodyPart text = new MimeBodyPart();
    text.setText(mail.text(), UTF_8.name());
    MimeMultipart parts = new MimeMultipart(text);
    if (mail.attachment() != null) {
      MimeBodyPart sheet = new MimeBodyPart();
      sheet.setDataHandler(
          new DataHandler(
              new ByteArrayDataSource(
                  mail.attachment().csv().getBytes(UTF_8), "text/csv; charset=utf-8")));
      sheet.setFileName(mail.attachment().fileName());
      parts.addBodyPart(sheet);
    }
    return parts;
  }

  /** With an id of ours in place of the library's, which would name this machine. */
  private static final class Identified extends MimeMessage {
    private final String messageId;

    Identified(String id, String domain) {
      super(Session.getInstance(new Properties()));
      this.messageId = "<" + id + "@" + domain + ">";
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", messageId);
    }
  }
}
