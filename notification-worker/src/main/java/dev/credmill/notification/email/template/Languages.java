package dev.credmill.notification.email.template;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Optional;

/** Choosing words by language (RFC 4647, 3.4). */
public final class Languages {
  private Languages() {}

  /**
   * The language of those there are that comes nearest.
   *
   * @param wanted a language tag; null, or anything that is none, finds nothing
   * @param there language tags in lower case
   */
  public static Optional<String> lookup(String wanted, Collection<String> there) {
    if (wanted == null) {
      return Optional.empty();
    }
    LanguageRange range;
    try {
      range = new LanguageRange(wanted);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    return Optional.ofNullable(Locale.lookupTag(List.of(range), there))
        .map(tag -> tag.toLowerCase(Locale.ROOT));
  }
}
