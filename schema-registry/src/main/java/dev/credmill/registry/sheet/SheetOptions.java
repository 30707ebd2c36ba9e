package dev.credmill.registry.sheet;

import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.problem.ProblemType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a caller wants a sheet for, as the query parameters say it. */
record SheetOptions(Set<Medium> media, boolean withOptional) {
  static final String MEDIUM_UNKNOWN =
      """
      {"type": "urn:credmill:problem:medium-unknown", "title": "There is no such medium", "status": 422,
       "detail": "medium must be EMAIL or SMS; repeat it for both, leave it out for none"}
      """;
  private static final int MOST_MEDIA = 10;

  SheetOptions(List<String> media, String optional) {
    this(media(media), withOptional(optional));
  }

  private static Set<Medium> media(List<String> names) {
    Set<Medium> media = EnumSet.noneOf(Medium.class);
    names.stream().limit(MOST_MEDIA).map(SheetOptions::medium).forEach(media::add);
    return media;
  }

  private static Medium medium(String name) {
    return Arrays.stream(Medium.values())
        .filter(medium -> medium.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemType.MEDIUM_UNKNOWN.because(
                    "medium must be EMAIL or SMS; repeat it for both, leave it out for none"));
  }

  private static boolean withOptional(String text) {
    return switch (text) {
      case null -> false;
      case "false" -> false;
      case "true" -> true;
      default -> throw ProblemType.INVALID_PARAMETER.because("optional must be true or false");
    };
  }
}
