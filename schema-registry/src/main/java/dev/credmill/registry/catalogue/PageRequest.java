package dev.credmill.registry.catalogue;

import dev.credmill.contracts.problem.ProblemType;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of a list is asked for: so many after that one. The entities need {@code createdAt}
 * and {@code id}, by which the list is ordered, newest first.
 */
public record PageRequest(int limit, Optional<Position> after) {
  private static final int USUAL = 50;
  private static final int MOST = 200;
  private static final Pattern POSITION = Pattern.compile("(-?[0-9]{1,18}):([A-Za-z0-9_-]{1,64})");

  /** Something that has its place in a list. */
  public interface Listed {
    Instant createdAt();

    String id();
  }

  /** The last one of the page before. */
  record Position(Instant createdAt, String id) {
    static Position of(Listed listed) {
      return new Position(listed.createdAt(), listed.id());
    }

    String cursor() {
      long micros = ChronoUnit.MICROS.between(Instant.EPOCH, createdAt);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString((micros + ":" + id).getBytes(StandardCharsets.US_ASCII));
    }

    static Position parse(String cursor) {
      try {
        String text =
            new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.ISO_8859_1);
        Matcher matcher = POSITION.matcher(text);
        if (matcher.matches()) {
          long micros = Long.parseLong(matcher.group(1));
          return new Position(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), matcher.group(2));
        }
      } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
        // said below
      }
      throw ProblemType.INVALID_PARAMETER.because(
          "cursor must be the `next` of an earlier answer; leave it out to begin at the start");
    }
  }

  /** As the query parameters say it; both may be absent. */
  public static PageRequest of(String limit, String cursor) {
    return new PageRequest(
        limit == null ? USUAL : limit(limit),
        Optional.ofNullable(cursor).filter(text -> !text.isEmpty()).map(Position::parse));
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw ProblemType.INVALID_PARAMETER.because("limit must be a whole number from 1 to " + MOST);
  }

  /** Reads this part of those for which the condition holds. */
  public <T extends Listed> Page<T> of(
      PanacheRepositoryBase<T, String> all, String condition, Map<String, Object> values) {
    Map<String, Object> bound = new HashMap<>(values);
    String query = condition;
    if (after.isPresent()) {
      query += " and (createdAt < :afterTime or (createdAt = :afterTime and id < :afterId))";
      bound.put("afterTime", after.get().createdAt());
      bound.put("afterId", after.get().id());
    }
    // One more than asked for tells whether anything follows.
    List<T> found =
        all.find(query + " order by createdAt desc, id desc", bound).range(0, limit).list();
    boolean more = found.size() > limit;
    List<T> items = more ? found.subList(0, limit) : found;
    return new Page<>(items, more ? Position.of(items.getLast()).cursor() : null);
  }
}
