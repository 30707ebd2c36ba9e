package dev.credmill.notification.email;

import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.preview.MessagePreview;
import dev.credmill.contracts.registry.Registry;
import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.PublicAddress;
import dev.credmill.notification.delivery.Attempt;
import dev.credmill.notification.delivery.Delivery;
import dev.credmill.notification.delivery.Sender;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.MailResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.IDN;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** One email per delivery, many under way at once over kept connections. */
@ApplicationScoped
class EmailSender implements Sender {
  private final MailClient client;

  /**
   * On which the client is called, always the same: called from elsewhere, it opens a connection on
   * one event loop and listens on another, and now and then misses the server's greeting.
   */
  private final Context context;

  private final Registry registry;
  private final Template html;
  private final Template text;
  private final PublicAddress address;
  private final MailServer server;
  private final int inFlight;
  private final Duration timeout;

  EmailSender(
      Vertx vertx,
      MailClient client,
      Registry registry,
      @Location("notification/issued.html") Template html,
      @Location("notification/issued.txt") Template text,
      PublicAddress address,
      MailServer server,
      NotificationConfig config) {
    this.context = ((VertxInternal) vertx).createEventLoopContext();
    this.client = client;
    this.registry = registry;
    this.html = html;
    this.text = text;
    this.address = address;
    this.server = server;
    this.inFlight = config.email().inFlight();
    this.timeout = config.sendTimeout();
  }

  @Override
  public Medium medium() {
    return Medium.EMAIL;
  }

  @Override
  public int inFlight() {
    return inFlight;
  }

  @Override
  public int together() {
    return 1;
  }

  @Override
  public Optional<MessagePreview> preview(Delivery delivery) {
    return letter(delivery)
        .map(
            letter ->
                new MessagePreview(
                    ascii(delivery.contact()),
                    HeaderText.line(letter.subject()),
                    text(letter),
                    html(letter)));
  }

  @Override
  public CompletionStage<List<Attempt>> send(List<Delivery> deliveries) {
    Delivery delivery = deliveries.getFirst();
    Optional<Letter> letter = letter(delivery);
    if (letter.isEmpty()) {
      return done(new Attempt.Refused("The organization has no such credential definition"));
    }
    MailMessage message;
    try {
      message = message(delivery, letter.get());
    } catch (IllegalArgumentException e) {
      return done(ServerWords.attempt(e, delivery.contact()));
    }
    CompletableFuture<MailResult> sent = new CompletableFuture<>();
    context.runOnContext(
        _ ->
            client
                .sendMail(message)
                .onSuccess(sent::complete)
                .onFailure(sent::completeExceptionally));
    CompletableFuture<Attempt> attempt =
        sent.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .handle(
                (_, failure) ->
                    failure == null
                        ? new Attempt.Taken()
                        : ServerWords.attempt(failure, delivery.contact()));
    return attempt.thenCompose(this::known).thenApply(List::of);
  }

  /**
   * A server that takes no connections has not taken a message either. To find out takes a while.
   */
  private CompletionStage<Attempt> known(Attempt attempt) {
    return attempt instanceof Attempt.Uncertain(String words, boolean silent) && silent
        ? CompletableFuture.supplyAsync(
            () -> server.takesConnections() ? attempt : new Attempt.Unreachable(words),
            Thread::startVirtualThread)
        : CompletableFuture.completedStage(attempt);
  }

  private static CompletionStage<List<Attempt>> done(Attempt attempt) {
    return CompletableFuture.completedStage(List.of(attempt));
  }

  private MailMessage message(Delivery delivery, Letter letter) {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add("Message-ID", MessageId.of(delivery.key(), address.messageIdDomain()))
            .add("From", HeaderText.mailbox(letter.issuer(), address.sender()))
            .add("Subject", HeaderText.unstructured(letter.subject()))
            // RFC 3834, 5: no machine shall answer this.
            .add("Auto-Submitted", "auto-generated");
    return new MailMessage()
        .setFrom(address.sender())
        .setTo(List.of(ascii(delivery.contact())))
        .setHeaders(headers)
        .setText(text(letter))
        .setHtml(html(letter));
  }

  private Optional<Letter> letter(Delivery delivery) {
    return registry
        .organization(delivery.organization())
        .flatMap(
            organization ->
                registry
                    .definition(delivery.organization(), delivery.definitionId())
                    .map(definition -> Letter.of(delivery, organization, definition)));
  }

  private String text(Letter letter) {
    return text.data("letter", letter).render();
  }

  private String html(Letter letter) {
    return html.data("letter", letter).render();
  }

  /** The mail client speaks no SMTPUTF8: a domain has another spelling, a local part has not. */
  private static String ascii(String contact) {
    int at = contact.lastIndexOf('@');
    String local = contact.substring(0, Math.max(at, 0));
    if (local.isEmpty()
        || !local.chars().allMatch(c -> c > ' ' && c < 127 && "<>(),;:\"[]\\@".indexOf(c) < 0)) {
      throw new IllegalArgumentException("not an address that can be written to");
    }
    return local + "@" + IDN.toASCII(contact.substring(at + 1));
  }
}
