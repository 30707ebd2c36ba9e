package dev.credmill.registry.catalogue;

import dev.credmill.contracts.problem.ProblemType;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What names one version of a schema, template or definition. It stands in public addresses that
 * all organizations share, so it is unique among all of them.
 */
public final class CatalogueId {
  private static final int LONGEST = 64;
  private static final Pattern SLUG = Pattern.compile("[a-z0-9-]{1,64}");
  private static final String SUFFIX_LETTERS = "23456789abcdefghjkmnpqrstvwxyz";
  private static final int SUFFIX_LENGTH = 10;
  private static final SecureRandom RANDOM = new SecureRandom();

  private CatalogueId() {}

  /** What nobody can have made is not asked for. */
  public static Optional<String> wellFormed(String id) {
    return Optional.ofNullable(id).filter(text -> SLUG.matcher(text).matches());
  }

  /** The id that the caller wants, or one made of the name. */
  public static String wantedOr(String wanted, String name) {
    if (wanted == null) {
      return madeOf(name);
    }
    return wellFormed(wanted)
        .orElseThrow(
            () ->
                ProblemType.INVALID_PARAMETER.because(
                    "id must be 1 to 64 of a-z, 0-9 and hyphen; leave it out to be given one"));
  }

  private static String madeOf(String name) {
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFD)
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\p{M}", "")
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+", "");
    String head = plain.substring(0, Math.min(plain.length(), LONGEST - SUFFIX_LENGTH - 1));
    StringBuilder id = new StringBuilder(head.replaceAll("-+$", ""));
    if (!id.isEmpty()) {
      id.append('-');
    }
    for (int i = 0; i < SUFFIX_LENGTH; i++) {
      id.append(SUFFIX_LETTERS.charAt(RANDOM.nextInt(SUFFIX_LETTERS.length())));
    }
    return id.toString();
  }
}
