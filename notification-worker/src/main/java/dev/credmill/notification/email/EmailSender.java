package dev.credmill.notification.email;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.preview.MessagePreview;
import dev.credmill.contracts.registry.Registry;
import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.NotificationConfig.EmailConfig.Provider;
import dev.credmill.notification.PublicAddress;
import dev.credmill.notification.delivery.Attempt;
import dev.credmill.notification.delivery.Delivery;
import dev.credmill.notification.delivery.Route;
import dev.credmill.notification.delivery.Sender;
import dev.credmill.notification.email.identity.SenderIdentities;
import dev.credmill.notification.email.identity.SenderIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One email per delivery, many under way at once over kept connections. */
@ApplicationScoped
class EmailSender implements Sender {
  private static final int USUAL_LENGTH = 8_192;

  private final MailServers servers;
  private final SenderIdentities identities;
  private final Registry registry;
  private final Letters letters;
  private final PublicAddress address;
  private final Origins origins;
  private final ReturnPath returnPath;
  private final Provider provider;
  private final Clock clock;
  private final Duration timeout;
  private final int inFlightOwn;
  private final Route platform;

  EmailSender(
      MailServers servers,
      SenderIdentities identities,
      Registry registry,
      Letters letters,
      PublicAddress address,
      Origins origins,
      ReturnPath returnPath,
      Clock clock,
      NotificationConfig config) {
    this.servers = servers;
    this.identities = identities;
    this.registry = registry;
    this.letters = letters;
    this.address = address;
    this.origins = origins;
    this.returnPath = returnPath;
    this.provider = config.email().provider();
    this.clock = clock;
    this.timeout = config.sendTimeout();
    this.inFlightOwn = config.ownServers().inFlight();
    this.platform = new MailRoute(null, 0, config.email().inFlight(), config.email().perMinute());
  }

  @Override
  public Medium medium() {
    return Medium.EMAIL;
  }

  @Override
  public Route route(OrganizationId organization) {
    return route(identities.of(organization));
  }

  private Route route(SenderIdentity identity) {
    return identity.server() == null
        ? platform
        : new MailRoute(
            identity.organization(),
            identity.version(),
            inFlightOwn,
            Optional.ofNullable(identity.perMinute()));
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
                preview(
                    Recipient.ascii(delivery.contact()),
                    delivery.organization(),
                    letter,
                    letters.shown(delivery, letter)));
  }

  MessagePreview preview(String to, OrganizationId organization, Letter letter, Rendering shown) {
    Origin origin = origins.of(identities.of(organization), letter.issuer());
    return new MessagePreview(
        to, origin.shown(), origin.replyTo(), shown.subject(), shown.text(), shown.html());
  }

  @Override
  public CompletionStage<List<Attempt>> send(Route route, List<Delivery> deliveries) {
    return CompletableFuture.supplyAsync(
        () -> List.of(send(route, deliveries.getFirst())), Thread::startVirtualThread);
  }

  private Attempt send(Route route, Delivery delivery) {
    long deadline = System.nanoTime() + timeout.toNanos();
    Optional<Letter> letter = letter(delivery);
    if (letter.isEmpty()) {
      return new Attempt.Refused("The organization has no such credential definition");
    }
    String recipient;
    try {
      recipient = Recipient.ascii(delivery.contact());
    } catch (IllegalArgumentException _) {
      return new Attempt.Refused("The address cannot be written to; correct it in the row");
    }
    SenderIdentity identity = identities.of(delivery.organization());
    if (!route(identity).equals(route)) {
      return new Attempt.Deferred(
          clock.instant(), "The organization's mail server was changed; it goes over the new one");
    }
    Mail mail =
        mail(delivery, identity, letter.get(), letters.prepared(delivery, letter.get()), recipient);
    return System.nanoTime() - deadline < 0
        ? servers.of(identity).send(mail, deadline)
        : new Attempt.Unreachable("The registry took too long to describe the definition");
  }

  /**
   * Sends a letter that is no claimed delivery's.
   *
   * @throws IllegalArgumentException when nobody can be written to at that address
   */
  Attempt sendNow(Delivery delivery, Letter letter, PreparedLetter prepared) {
    String recipient = Recipient.ascii(delivery.contact());
    SenderIdentity identity = identities.of(delivery.organization());
    return servers
        .of(identity)
        .send(
            mail(delivery, identity, letter, prepared, recipient),
            System.nanoTime() + timeout.toNanos());
  }

  private Mail mail(
      Delivery delivery,
      SenderIdentity identity,
      Letter letter,
      PreparedLetter prepared,
      String recipient) {
    Origin origin = origins.of(identity, letter.issuer());
    ByteArrayOutputStream message = new ByteArrayOutputStream(USUAL_LENGTH);
    message.writeBytes(
        """
        Message-ID: %s
        Date: %s
        From: %s
        %sTo: %s
        Subject: %s
        Auto-Submitted: auto-generated
        %s""" // RFC 3834, 5: no machine shall answer this.
            .replace("\n", "\r\n")
            .formatted(
                MessageId.of(delivery.key(), address.messageIdDomain()),
                MailDate.of(clock.instant()),
                HeaderText.mailbox(origin.name(), origin.address()),
                origin.replyTo() == null ? "" : "Reply-To: " + origin.replyTo() + "\r\n",
                recipient,
                HeaderText.unstructured(prepared.subject(letter)),
                ProviderHeaders.of(
                    identity.ownServer().map(ProviderHeaders::providerOf).orElse(provider),
                    delivery.key()))
            .getBytes(US_ASCII));
    prepared.write(letter, message);
    return new Mail(returnPath.of(delivery.key(), identity), recipient, message.toByteArray());
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
}
