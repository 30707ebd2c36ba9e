package dev.credmill.notification.sms;

import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.preview.MessagePreview;
import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.delivery.Attempt;
import dev.credmill.notification.delivery.Delivery;
import dev.credmill.notification.delivery.Route;
import dev.credmill.notification.delivery.Sender;
import dev.credmill.notification.sms.limit.Admission;
import dev.credmill.notification.sms.limit.Limits;
import dev.credmill.notification.sms.smpp.SmppGateway;
import dev.credmill.notification.sms.twilio.TwilioGateway;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Text messages by way of the provider that was chosen. */
@ApplicationScoped
class SmsSender implements Sender {
  private final Wording wording;
  private final Limits limits;
  private final SmsProvider provider;

  SmsSender(
      Wording wording,
      Limits limits,
      SmsMessages messages,
      Instance<TwilioGateway> twilio,
      Instance<SmppGateway> smpp,
      NotificationConfig config,
      Clock clock) {
    this.wording = wording;
    this.limits = limits;
    this.provider =
        switch (config.sms().provider()) {
          case NONE -> new NoProvider();
          case TABLE -> new TableProvider(messages, clock);
          case TWILIO -> new PacedProvider(twilio.get(), config.sendTimeout(), clock);
          case SMPP -> new PacedProvider(smpp.get(), config.sendTimeout(), clock);
        };
  }

  @Override
  public Medium medium() {
    return Medium.SMS;
  }

  @Override
  public Route route(OrganizationId organization) {
    return provider;
  }

  @Override
  public int together() {
    return provider.together();
  }

  @Override
  public Optional<MessagePreview> preview(Delivery delivery) {
    return wording
        .sms(delivery)
        .map(
            sms -> new MessagePreview(sms.recipient(), null, null, null, sms.text().words(), null));
  }

  @Override
  public CompletionStage<List<Attempt>> send(Route route, List<Delivery> deliveries) {
    return CompletableFuture.supplyAsync(() -> attempts(deliveries), Thread::startVirtualThread);
  }

  /** What cannot be written, what may not go out, and what the provider says of the rest. */
  private List<Attempt> attempts(List<Delivery> deliveries) {
    List<Optional<Sms>> written = deliveries.stream().map(wording::sms).toList();
    Iterator<Attempt> answers =
        answers(written.stream().flatMap(Optional::stream).toList()).iterator();
    return written.stream()
        .map(
            sms ->
                sms.isPresent()
                    ? answers.next()
                    : new Attempt.Refused("The organization has no such credential definition"))
        .toList();
  }

  private List<Attempt> answers(List<Sms> messages) {
    Admission admission = limits.admit(messages);
    List<Attempt> sent = provider.send(admission.admitted());
    limits.settle(admission, sent);
    return admission.complete(sent);
  }
}
