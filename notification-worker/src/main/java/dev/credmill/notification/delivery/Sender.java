package dev.credmill.notification.delivery;

import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.preview.MessagePreview;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Hands messages of one medium over to whoever carries them. */
public interface Sender {
  Medium medium();

  /** How many calls of {@link #send} may be under way at once. */
  int inFlight();

  /** How many deliveries one call takes at most. */
  int together();

  /**
   * How many deliveries it could begin within the next moments. What is beyond a gateway's limit is
   * not claimed: it waits in the table, where any instance may take it.
   */
  default int ready() {
    return Integer.MAX_VALUE;
  }

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
   */
  CompletionStage<List<Attempt>> send(List<Delivery> deliveries);
}
