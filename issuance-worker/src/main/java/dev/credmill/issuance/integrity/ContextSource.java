package dev.credmill.issuance.integrity;

import java.util.Optional;

/** Knows the contexts that are not bundled: those that this platform publishes itself. */
@FunctionalInterface
public interface ContextSource {
  /**
   * The JSON of the context at that address, from our own catalogue; nothing is fetched from the
   * address.
   */
  Optional<String> find(String url);

  static ContextSource none() {
    return url -> Optional.empty();
  }
}
