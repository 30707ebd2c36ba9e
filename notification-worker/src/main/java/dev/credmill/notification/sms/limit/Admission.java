package dev.credmill.notification.sms.limit;

import dev.credmill.notification.delivery.Attempt;
import dev.credmill.notification.sms.Sms;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which of some messages may go out now.
 *
 * @param held for each message, in their order, what becomes of it instead; empty where it may
 * @param day on which the segments of the others are counted
 */
public record Admission(List<Sms> messages, List<Optional<Attempt>> held, LocalDate day) {
  /** Those that may. */
  public List<Sms> admitted() {
    return IntStream.range(0, messages.size())
        .filter(i -> held.get(i).isEmpty())
        .mapToObj(messages::get)
        .toList();
  }

  /**
   * What came of each message.
   *
   * @param sent what came of those that were admitted
   */
  public List<Attempt> complete(List<Attempt> sent) {
    Iterator<Attempt> answers = sent.iterator();
    return held.stream().map(attempt -> attempt.orElseGet(answers::next)).toList();
  }
}
