package dev.credmill.notification.delivery;

import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.preview.MessagePreview;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Hands messages of one medium over to whoever carries them. */
public interface Sender {
  Medium medium();

  /** Over which server or gateway the organization's messages go at this time. */
  Route route(OrganizationId organization);

  /** How many deliveries one call takes at most. */
  int together();

  /**
   * What the recipient would get; nothing is sent. Empty where the organization has no such
   * definition.
   *
   * @throws IllegalArgumentException when nobody can be written to at that contact
   */
  Optional<MessagePreview> preview(Delivery delivery);

  /**
   * Sends the deliveries and says what came of each, in their order. Exceptions, thrown or in the
   * stage, count as {@link Attempt.Unreachable}.
   *
   * @param route that they were claimed for, and whose server alone answers for them: one that goes
   *     another way by now is {@link Attempt.Deferred}, for its own line to take it
   */
  CompletionStage<List<Attempt>> send(Route route, List<Delivery> deliveries);
}
