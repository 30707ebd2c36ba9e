package dev.credmill.quickstart;

import dev.credmill.backing.Mailbox;
import dev.credmill.notification.sms.SmsMessages;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * What recipients were sent, for whoever tries the product: nobody else is on this machine's
 * loopback, so the page asks for no key. Messages are shown as mail programs show them, without
 * scripts and without a way to the page around them.
 */
@Path("/dev/inbox")
@PermitAll
@Blocking
class InboxResource {
  private static final int PAGE = 50;
  private final Mailbox mailbox;
  private final SmsMessages textMessages;
  private final Template inbox;
  private final Template message;

  InboxResource(
      Mailbox mailbox,
      SmsMessages textMessages,
      @Location("quickstart/inbox.html") Template inbox,
      @Location("quickstart/message.html") Template message) {
    this.mailbox = mailbox;
    this.textMessages = textMessages;
    this.inbox = inbox;
    this.message = message;
  }

  /** A text message as the list shows it, with its link to open. */
  record Text(String recipient, String words, String link, Instant sent) {
    static Text of(SmsMessages.Kept kept) {
      int last = kept.body().lastIndexOf(' ') + 1;
      String end = kept.body().substring(last);
      boolean linked = end.startsWith("https://") || end.startsWith("http://");
      return new Text(
          kept.recipient(),
          linked ? kept.body().substring(0, last) : kept.body(),
          linked ? end : null,
          kept.sentAt());
    }
  }

  @GET
  @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
  @Operation(hidden = true)
  public String list(@QueryParam("before") @DefaultValue("9223372036854775807") long before) {
    List<Mailbox.Summary> mails = mailbox.messages(PAGE, before);
    boolean first = before == Long.MAX_VALUE;
    List<Text> texts =
        first
            ? textMessages.newest(PAGE, Long.MAX_VALUE).stream().map(Text::of).toList()
            : List.of();
    return inbox
        .data("count", mailbox.count())
        .data("mails", mails)
        .data("texts", texts)
        .data("first", first)
        .data("next", mails.size() == PAGE ? mails.getLast().number() : null)
        .render();
  }

  @GET
  @Path("/{number}")
  @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
  @Operation(hidden = true)
  public String one(long number) {
    Mailbox.Summary summary = mailbox.summary(number).orElseThrow(NotFoundException::new);
    return message.data("mail", summary).data("text", content(number, "text/plain")).render();
  }

  /**
   * The newest messages for programs.
   *
   * @param items emails, newest first
   * @param next what to send as {@code before} for older ones; null where there are none
   * @param texts the newest text messages, with the first page only
   */
  public record Listing(List<Item> items, Long next, List<SmsMessages.Kept> texts) {}

  /** One email of a {@link Listing}, and where to read it. */
  public record Item(Mailbox.Summary mail, String link) {
    static Item of(Mailbox.Summary mail) {
      return new Item(mail, "/dev/inbox/" + mail.number());
    }
  }

  /** One email with what it says. */
  public record Opened(Mailbox.Summary mail, String text, String html) {}

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public Listing listing(
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(1000) int limit,
      @QueryParam("before") @DefaultValue("9223372036854775807") long before) {
    List<Mailbox.Summary> mails = mailbox.messages(limit, before);
    return new Listing(
        mails.stream().map(Item::of).toList(),
        mails.size() == limit ? mails.getLast().number() : null,
        before == Long.MAX_VALUE ? textMessages.newest(limit, Long.MAX_VALUE) : List.of());
  }

  @GET
  @Path("/{number}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public Opened opened(long number) {
    return new Opened(
        mailbox.summary(number).orElseThrow(NotFoundException::new),
        content(number, "text/plain"),
        content(number, "text/html"));
  }

  /** The HTML part alone, for the frame of the message's page. */
  @GET
  @Path("/{number}/html")
  @Operation(hidden = true)
  public Response html(long number) {
    return Response.ok(content(number, "text/html"), MediaType.TEXT_HTML + ";charset=UTF-8")
        .header(
            "Content-Security-Policy",
            "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'")
        .build();
  }

  private String content(long number, String type) {
    try {
      return find(mailbox.message(number).orElseThrow(NotFoundException::new), type).orElse("");
    } catch (MessagingException | IOException e) {
      throw new IllegalStateException("message " + number + " cannot be read", e);
    }
  }

  private static Optional<String> find(Part part, String type)
      throws MessagingException, IOException {
    if (part.isMimeType(type)) {
      return Optional.of(part.getContent().toString());
    }
    if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart multipart) {
      for (int i = 0; i < multipart.getCount(); i++) {
        BodyPart inner = multipart.getBodyPart(i);
        Optional<String> found = find(inner, type);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }
}
