package dev.credmill.notification.email;

import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import dev.credmill.notification.email.template.Variable;
import java.util.List;
import java.util.Map;

/**
 * What the layouts see of a letter.
 *
 * @param language of its words
 * @param logo the address of a picture; null for none
 * @param blocks an organization's own words; none where they are ours
 */
record Says(
    Letter letter,
    Words words,
    Map<Variable, String> values,
    String language,
    Palette colors,
    String logo,
    List<Block> blocks) {

  /** In our words. */
  public String of(String key) {
    return words.say(key, values);
  }

  /** In our words, about what has happened. */
  public String about(String key) {
    return words.say(key + "." + letter.purpose(), values);
  }

  /** What follows from it; empty where the description says what there is to say. */
  public String consequence() {
    return letter.purpose() == Purpose.ISSUED ? "" : about("consequence");
  }
}
