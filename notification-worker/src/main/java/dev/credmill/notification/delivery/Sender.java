package dev.credmill.notification.delivery;

import dev.credmill.contracts.event.Medium;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Hands messages of one medium over to whoever carries them. */
public interface Sender {
  Medium medium();

  /** How many calls of {@link #send} may be under way at once. */
  int inFlight();

  /** How many deliveries one call takes at most. */
  int together();

  /**
   * Sends the deliveries and says what came of each, in their order. Exceptions, thrown or in the
   * stage, count as {@link Attempt.Unreachable}.
   */
  CompletionStage<List<Attempt>> send(List<Delivery> deliveries);
}
