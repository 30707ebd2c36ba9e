package dev.credmill.notification.sms.limit;

import static java.util.stream.Collectors.groupingBy;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.notification.delivery.Attempt;
import dev.credmill.notification.sms.Sms;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * Holds what an organization, or the operator, does not allow: countries, and more segments in a
 * day or a month.
 *
 * <p>Segments are counted before they go out, a chunk of messages at once under a lock of the
 * counts, and those that did not go out are given back. So however many instances send, never more
 * than the limit goes out; if one dies in between, what it held counts as sent.
 */
@ApplicationScoped
public class Limits {
  private static final Logger LOG = Logger.getLogger(Limits.class);

  /** In the order in which counts are locked, so that none waits for another in a ring. */
  private static final Comparator<OrganizationId> IN_ORDER =
      Comparator.comparing(OrganizationId::value);

  private static final String OF_THE_ORGANIZATION =
      "The organization's limit of %d SMS segments a %s leaves no room for the %d of this message; its admin raises it with PUT /v1/sms-settings";
  private static final String OF_THE_OPERATOR =
      "The operator's limit of %d SMS segments a %s for each organization leaves no room for the %d of this message";

  private final SettingsTable settings;
  private final UsageTable usage;
  private final Ceiling ceiling;
  private final Clock clock;

  Limits(SettingsTable settings, UsageTable usage, Ceiling ceiling, Clock clock) {
    this.settings = settings;
    this.usage = usage;
    this.ceiling = ceiling;
    this.clock = clock;
  }

  /** Says which messages may go out, and counts the segments of those. */
  public Admission admit(List<Sms> messages) {
    Instant now = clock.instant();
    Map<Integer, Attempt> held = new HashMap<>();
    byOrganization(messages)
        .forEach(
            (organization, places) ->
                QuarkusTransaction.requiringNew()
                    .run(() -> admit(organization, places, messages, now, held)));
    List<Optional<Attempt>> all = new ArrayList<>(messages.size());
    for (int i = 0; i < messages.size(); i++) {
      all.add(Optional.ofNullable(held.get(i)));
    }
    return new Admission(messages, all, Period.day(now));
  }

  private void admit(
      OrganizationId organization,
      List<Integer> places,
      List<Sms> messages,
      Instant now,
      Map<Integer, Attempt> held) {
    SmsSettings allowed = settings.of(organization);
    LocalDate day = Period.day(now);
    Map<Period, Integer> used = usage.lock(organization, day);
    int granted = 0;
    for (int place : places) {
      Sms sms = messages.get(place);
      Optional<Attempt> attempt =
          abroad(allowed, sms).or(() -> beyond(allowed, used, sms.segments(), now));
      if (attempt.isPresent()) {
        held.put(place, attempt.get());
      } else {
        granted += sms.segments();
        used.replaceAll((_, segments) -> segments + sms.segments());
      }
    }
    usage.add(organization, day, granted);
  }

  private Optional<Attempt> abroad(SmsSettings allowed, Sms sms) {
    if (allowed.allowedCountries() == null && ceiling.most().allowedCountries() == null) {
      return Optional.empty();
    }
    Optional<String> country = Countries.of(sms.recipient());
    String where = country.orElse("numbers of no country");
    if (!ceiling.most().allows(country)) {
      return Optional.of(
          new Attempt.Refused(
              "The operator of this service allows no text messages to %s".formatted(where)));
    }
    return allowed.allows(country)
        ? Optional.empty()
        : Optional.of(
            new Attempt.Refused(
                "The organization sends no text messages to %s; its admin allows countries with PUT /v1/sms-settings"
                    .formatted(where)));
  }

  /** Waits for the next period, unless that is too late for the message or no period is enough. */
  private Optional<Attempt> beyond(
      SmsSettings allowed, Map<Period, Integer> used, int segments, Instant now) {
    // What a month has no room for need not wait for the day.
    for (Period period : List.of(Period.MONTH, Period.DAY)) {
      Optional<Integer> limit = ceiling.limit(period, allowed);
      if (limit.isPresent() && used.get(period) + segments > limit.get()) {
        String words =
            (ceiling.isLimiting(period, allowed) ? OF_THE_OPERATOR : OF_THE_ORGANIZATION)
                .formatted(limit.get(), period.word(), segments);
        return Optional.of(
            segments > limit.get()
                ? new Attempt.Refused(words)
                : new Attempt.Deferred(period.end(now), words));
      }
    }
    return Optional.empty();
  }

  /**
   * Gives back the segments of what did not go out, and records how many the others took. What may
   * have gone out counts.
   *
   * @param attempts what came of those that were admitted
   */
  public void settle(Admission admission, List<Attempt> attempts) {
    List<Sms> admitted = admission.admitted();
    List<Sms> gone = new ArrayList<>(admitted.size());
    Map<OrganizationId, Integer> unused = new TreeMap<>(IN_ORDER);
    for (int i = 0; i < admitted.size(); i++) {
      Sms sms = admitted.get(i);
      if (mayBePaid(attempts.get(i))) {
        gone.add(sms);
      } else {
        unused.merge(sms.organization(), sms.segments(), Integer::sum);
      }
    }
    try {
      QuarkusTransaction.requiringNew().run(() -> settle(admission.day(), unused, gone));
    } catch (RuntimeException e) {
      // What went out went out; an exception would have it sent once more.
      LOG.warn("segments of text messages that did not go out stay counted", e);
    }
  }

  private void settle(LocalDate day, Map<OrganizationId, Integer> unused, List<Sms> gone) {
    unused.forEach(
        (organization, segments) -> {
          usage.lock(organization, day);
          usage.add(organization, day, -segments);
        });
    usage.record(gone);
  }

  private static boolean mayBePaid(Attempt attempt) {
    return switch (attempt) {
      case Attempt.Taken _, Attempt.Uncertain _ -> true;
      case Attempt.Refused _, Attempt.Postponed _, Attempt.Deferred _, Attempt.Unreachable _ ->
          false;
    };
  }

  private static Map<OrganizationId, List<Integer>> byOrganization(List<Sms> messages) {
    return IntStream.range(0, messages.size())
        .boxed()
        .collect(groupingBy(place -> messages.get(place).organization()));
  }
}
