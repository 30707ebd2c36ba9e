package dev.credmill.notification.bounce;

import dev.credmill.notification.delivery.EnhancedStatus;
import dev.credmill.notification.delivery.Fault;
import dev.credmill.notification.delivery.MessageName;
import dev.credmill.notification.delivery.Report;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.dsn.DeliveryStatus;

/**
 * A message that came to the mailbox for what comes back. Anybody can send one: it says nothing of
 * a message whose id it does not have, and nobody has those but who was sent it.
 */
final class ReturnedMail {
  private static final int LONGEST_TEXT = 64 * 1024;
  private static final int LONGEST_FIELD = 2_000;
  private static final int LONGEST_WHOLE = 256 * 1024;

  /** Of feedback (RFC 5965, 7.3) that is a complaint; "not-spam" is praise. */
  private static final Set<String> COMPLAINTS =
      Set.of("abuse", "fraud", "virus", "other", "opt-out");

  private static final Pattern STILL_TRYING =
      Pattern.compile(
          "not yet been delivered|will (continue|be retried|retry|keep trying)|still (trying|being)|delayed|warning message only",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern POSTMASTER =
      Pattern.compile("mailer-daemon|postmaster|mail delivery", Pattern.CASE_INSENSITIVE);

  private final MimeMessage mail;
  private final Instant at;

  /**
   * @param at when it came
   */
  ReturnedMail(MimeMessage mail, Instant at) {
    this.mail = mail;
    this.at = at;
  }

  /** Whether a message can say anything, as far as its header tells. */
  static boolean mayBe(Message message) throws MessagingException {
    return String.join(" ", values(message, "Content-Type"))
            .strip()
            .toLowerCase(Locale.ROOT)
            .startsWith("multipart/report")
        || isFromServer(message);
  }

  private static boolean isFromServer(Message message) throws MessagingException {
    // Not by its null return path: people who are away have that, too (RFC 5230, 5.1).
    return POSTMASTER.matcher(String.join(" ", values(message, "From"))).find();
  }

  /** What it says of a message of ours, if it does. */
  Optional<Report> report() throws MessagingException, IOException {
    Optional<UUID> message = message();
    if (message.isEmpty()) {
      return Optional.empty();
    }
    if (mail.isMimeType("multipart/report")) {
      String type = new ContentType(mail.getContentType()).getParameter("report-type");
      return switch (type == null ? "" : type.toLowerCase(Locale.ROOT)) {
        case "delivery-status" -> ofStatus(message.get());
        case "feedback-report" -> ofFeedback(message.get());
        default -> Optional.empty();
      };
    }
    return ofWords(message.get());
  }

  /** In a header of its own, or somewhere in what it returns. */
  private Optional<UUID> message() throws MessagingException, IOException {
    for (String header :
        List.of(
            "Delivered-To", "X-Original-To", "Envelope-To", "To", "In-Reply-To", "References")) {
      Optional<UUID> id = MessageName.in(String.join(" ", values(mail, header)));
      if (id.isPresent()) {
        return id;
      }
    }
    return MessageName.in(text(mail.getRawInputStream(), LONGEST_WHOLE));
  }

  private static List<String> values(Message message, String header) throws MessagingException {
    String[] values = message.getHeader(header);
    return values == null ? List.of() : List.of(values);
  }

  /** RFC 3464. We write to one recipient at a time, so the last block with an action counts. */
  private Optional<Report> ofStatus(UUID message) throws MessagingException, IOException {
    Optional<BodyPart> part = part("message/delivery-status", "message/global-delivery-status");
    if (part.isEmpty()) {
      return ofWords(message);
    }
    DeliveryStatus status;
    try (InputStream content = part.get().getInputStream()) {
      status = new DeliveryStatus(new ByteArrayInputStream(content.readNBytes(LONGEST_TEXT)));
    }
    Optional<Report> report = Optional.empty();
    for (int i = 0; i < status.getRecipientDSNCount(); i++) {
      Optional<Report> one = ofRecipient(message, status.getRecipientDSN(i));
      report = one.isPresent() ? one : report;
    }
    return report;
  }

  private Optional<Report> ofRecipient(UUID message, InternetHeaders fields) {
    String words = field(fields, "Diagnostic-Code").replaceFirst("^\\s*[\\w-]+\\s*;\\s*", "");
    Optional<EnhancedStatus> code = EnhancedStatus.in(field(fields, "Status"));
    return switch (field(fields, "Action").strip().toLowerCase(Locale.ROOT)) {
      case "failed" -> {
        Fault fault = Fault.of(code, words);
        yield Optional.of(new Report.Bounced(message, at, fault.words(), fault.isLasting()));
      }
      case "delivered" -> Optional.of(new Report.Delivered(message, at));
      // "delayed" is still under way; "relayed" and "expanded" went where nobody reports.
      default -> Optional.empty();
    };
  }

  /** RFC 5965. */
  private Optional<Report> ofFeedback(UUID message) throws MessagingException, IOException {
    Optional<BodyPart> part = part("message/feedback-report");
    if (part.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream content = part.get().getInputStream()) {
      InternetHeaders fields =
          new InternetHeaders(new ByteArrayInputStream(content.readNBytes(LONGEST_TEXT)), true);
      String type = field(fields, "Feedback-Type").strip().toLowerCase(Locale.ROOT);
      return COMPLAINTS.contains(type)
          ? Optional.of(new Report.Complained(message, at, type))
          : Optional.empty();
    }
  }

  /** Servers that know no reports write letters; so do people who are away, who are no servers. */
  private Optional<Report> ofWords(UUID message) throws MessagingException, IOException {
    if (!isFromServer(mail)) {
      return Optional.empty();
    }
    String words = words(mail, 0);
    if (STILL_TRYING.matcher(words).find()) {
      return Optional.empty();
    }
    Optional<EnhancedStatus> code = EnhancedStatus.in(words);
    Matcher reply = Pattern.compile("(?<!\\d)[45]\\d\\d[ -][^\\r\\n]{3,}").matcher(words);
    if (code.isEmpty() && !reply.find(0)) {
      return Optional.empty();
    }
    String line =
        reply.reset().find()
            ? reply.group()
            : words.lines().filter(l -> EnhancedStatus.in(l).isPresent()).findFirst().orElse("");
    Fault fault = Fault.of(code, line);
    return Optional.of(new Report.Bounced(message, at, fault.words(), fault.isLasting()));
  }

  private Optional<BodyPart> part(String... types) throws MessagingException, IOException {
    MimeMultipart parts = parts(mail);
    for (int i = 0; i < parts.getCount(); i++) {
      BodyPart part = parts.getBodyPart(i);
      for (String type : types) {
        if (part.isMimeType(type)) {
          return Optional.of(part);
        }
      }
    }
    return Optional.empty();
  }

  /** The first text in it. */
  private static String words(Part part, int depth) throws MessagingException, IOException {
    if (part.isMimeType("text/*")) {
      return text(part.getInputStream(), LONGEST_TEXT);
    }
    if (depth < 3 && part.isMimeType("multipart/*")) {
      MimeMultipart parts = parts(part);
      return parts.getCount() == 0 ? "" : words(parts.getBodyPart(0), depth + 1);
    }
    return "";
  }

  /** Not by the content handlers of Jakarta Activation, which not every class loader finds. */
  private static MimeMultipart parts(Part part) throws MessagingException {
    return new MimeMultipart(part.getDataHandler().getDataSource());
  }

  private static String text(InputStream content, int most) throws IOException {
    try (content) {
      return new String(content.readNBytes(most), StandardCharsets.ISO_8859_1);
    }
  }

  private static String field(InternetHeaders fields, String name) {
    String[] values = fields.getHeader(name);
    return values == null
        ? ""
        : values[0]
            .substring(0, Math.min(LONGEST_FIELD, values[0].length()))
            .replaceAll("\\s+", " ");
  }
}
