package dev.credmill.notification.sms;

import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.preview.MessagePreview;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.Registry;
import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.delivery.Attempt;
import dev.credmill.notification.delivery.Delivery;
import dev.credmill.notification.delivery.DeliveryKey;
import dev.credmill.notification.delivery.Sender;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Text messages by way of the provider that was chosen. */
@ApplicationScoped
class SmsSender implements Sender {
  private static final int TOGETHER = 200;
  private static final int LONGEST_WORDS = 40;
  private final Registry registry;
  private final SmsProvider provider;

  SmsSender(Registry registry, SmsMessages messages, NotificationConfig config, Clock clock) {
    this.registry = registry;
    this.provider =
        switch (config.sms().provider()) {
          case NONE -> new NoProvider();
          case TABLE -> new TableProvider(messages, clock);
        };
  }

  @Override
  public Medium medium() {
    return Medium.SMS;
  }

  @Override
  public int inFlight() {
    return 1;
  }

  @Override
  public int together() {
    return TOGETHER;
  }

  @Override
  public Optional<MessagePreview> preview(Delivery delivery) {
    return sms(delivery).map(sms -> new MessagePreview(sms.recipient(), null, sms.body(), null));
  }

  @Override
  public CompletionStage<List<Attempt>> send(List<Delivery> deliveries) {
    List<Optional<Sms>> texts = deliveries.stream().map(this::sms).toList();
    List<Sms> sendable = texts.stream().flatMap(Optional::stream).toList();
    Iterator<Attempt> answers = provider.send(sendable).iterator();
    List<Attempt> attempts = new ArrayList<>(deliveries.size());
    for (Optional<Sms> text : texts) {
      attempts.add(
          text.isPresent()
              ? answers.next()
              : new Attempt.Refused("The organization has no such credential definition"));
    }
    return CompletableFuture.completedStage(attempts);
  }

  private Optional<Sms> sms(Delivery delivery) {
    Optional<Organization> organization = registry.organization(delivery.organization());
    return registry
        .definition(delivery.organization(), delivery.definitionId())
        .flatMap(
            definition ->
                organization.map(
                    issuer ->
                        new Sms(
                            id(delivery.key()),
                            delivery.contact(),
                            "%s: %s%s %s%s"
                                .formatted(
                                    shortened(issuer.name()),
                                    shortened(title(definition)),
                                    news(delivery.key().purpose()),
                                    delivery.link(),
                                    claim(delivery)))));
  }

  private static String news(Purpose purpose) {
    return switch (purpose) {
      case ISSUED -> "";
      case REVOKED -> " was revoked";
      case SUSPENDED -> " was suspended";
      case REINSTATED -> " is valid again";
    };
  }

  private static String claim(Delivery delivery) {
    if (delivery.claimLink() != null) {
      return " Add to your wallet: " + delivery.claimLink();
    }
    return delivery.claimCode() == null
        ? ""
        : " Code for your wallet: %s. Tell it to nobody.".formatted(delivery.claimCode());
  }

  private static String id(DeliveryKey key) {
    return "%s:%s:%d".formatted(key.row(), key.purpose(), key.generation());
  }

  private static String title(CredentialDefinition definition) {
    return definition.display() == null || definition.display().title() == null
        ? definition.name()
        : definition.display().title();
  }

  /** Short enough that words and link usually fit into one message of 160 characters. */
  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    int length = line.codePointCount(0, line.length());
    return length <= LONGEST_WORDS
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_WORDS - 3)) + "...";
  }
}
