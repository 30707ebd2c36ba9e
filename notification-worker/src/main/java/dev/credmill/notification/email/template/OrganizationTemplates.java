package dev.credmill.notification.email.template;

import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The templates of one organization, and which of them holds. */
final class OrganizationTemplates {
  private static final String ANY = "";

  private record Slot(String definitionId, Purpose purpose) {}

  /** By what they are for, then by language in lower case, {@link #ANY} for any. */
  private final Map<Slot, Map<String, MessageTemplate>> templates = new HashMap<>();

  private final int size;

  OrganizationTemplates(List<MessageTemplate> templates) {
    for (MessageTemplate template : templates) {
      this.templates
          .computeIfAbsent(
              new Slot(template.definitionId(), template.purpose()), _ -> new HashMap<>())
          .put(
              template.language() == null ? ANY : template.language().toLowerCase(Locale.ROOT),
              template);
    }
    this.size = 1 + templates.stream().mapToInt(MessageTemplate::size).sum();
  }

  /**
   * The most specific one: the definition's before the organization's, and of each the one in the
   * language, in a wider one (RFC 4647, 3.4: de-AT, then de), then for any.
   *
   * @param language BCP 47 tag; null where it is unknown
   */
  Optional<MessageTemplate> find(String definitionId, Purpose purpose, String language) {
    return in(new Slot(definitionId, purpose), language)
        .or(() -> in(new Slot(null, purpose), language));
  }

  private Optional<MessageTemplate> in(Slot slot, String language) {
    Map<String, MessageTemplate> byLanguage = templates.get(slot);
    if (byLanguage == null) {
      return Optional.empty();
    }
    return Languages.lookup(language, byLanguage.keySet())
        .map(byLanguage::get)
        .or(() -> Optional.ofNullable(byLanguage.get(ANY)));
  }

  /** About how many characters they have. */
  int size() {
    return size;
  }
}
