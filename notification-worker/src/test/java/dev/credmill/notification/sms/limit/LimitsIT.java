package dev.credmill.notification.sms.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.notification.delivery.Attempt;
import dev.credmill.notification.sms.Sms;
import dev.credmill.notification.sms.SmsText;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What goes out within an organization's limits, with a real database between those who send. */
@QuarkusTest
@WithTestResource(BackingTestResource.class)
class LimitsIT {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
  private static final Instant MIDNIGHT = Instant.parse("2026-12-01T00:00:00Z");
  private static final Attempt TAKEN = new Attempt.Taken();
  @Inject SettingsTable settings;
  @Inject UsageTable usage;
  private final OrganizationId organization =
      new OrganizationId("limited-" + UUID.randomUUID().toString().substring(0, 8));

  @Test
  void aLimitHoldsHoweverManySendAtOnce() {
    // Given
    settings.put(organization, new SmsSettings(null, 100, null));
    Limits one = at(NOON);
    Limits another = at(NOON);
    // When two senders take 40 chunks of 5 messages with a segment each
    List<Admission> admissions =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> (i % 2 == 0 ? one : another).admit(messages(5, "x"))))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();
    // Then
    assertThat(admissions.stream().mapToInt(admission -> admission.admitted().size()).sum())
        .isEqualTo(100);
    assertThat(used(Period.DAY)).isEqualTo(100);
  }

  @Test
  void whatIsBeyondADaysLimitWaitsForTheNextDay() {
    // Given
    settings.put(organization, new SmsSettings(null, 3, null));
    // When
    Admission today = at(NOON).admit(messages(2, "x".repeat(200)));
    // Then
    assertThat(today.held().get(0)).isEmpty();
    assertThat(today.held().get(1))
        .get()
        .isInstanceOfSatisfying(
            Attempt.Deferred.class,
            deferred -> {
              assertThat(deferred.until()).isEqualTo(MIDNIGHT);
              assertThat(deferred.words()).contains("3 SMS segments a day", "/v1/sms-settings");
            });
    assertThat(at(MIDNIGHT).admit(messages(1, "x")).admitted()).hasSize(1);
  }

  @Test
  void whatNoDayHasRoomForIsRefused() {
    // Given
    settings.put(organization, new SmsSettings(null, 1, null));
    // When
    Admission admission = at(NOON).admit(messages(1, "x".repeat(200)));
    // Then
    assertThat(admission.held().getFirst()).get().isInstanceOf(Attempt.Refused.class);
    assertThat(used(Period.DAY)).isZero();
  }

  @Test
  void aMonthsLimitHoldsOverItsDays() {
    // Given
    settings.put(organization, new SmsSettings(null, null, 3));
    at(Instant.parse("2026-11-01T00:00:00Z")).admit(messages(2, "x"));
    // When
    Admission lastDay = at(NOON).admit(messages(2, "x"));
    // Then
    assertThat(lastDay.admitted()).hasSize(1);
    assertThat(lastDay.held().get(1))
        .get()
        .isInstanceOfSatisfying(
            Attempt.Deferred.class, deferred -> assertThat(deferred.until()).isEqualTo(MIDNIGHT));
    assertThat(at(MIDNIGHT).admit(messages(3, "x")).admitted()).hasSize(3);
  }

  @Test
  void whatDidNotGoOutIsGivenBack() {
    // Given
    settings.put(organization, new SmsSettings(null, 5, null));
    Limits limits = at(NOON);
    Admission admission = limits.admit(messages(5, "x"));
    // When
    limits.settle(
        admission,
        List.of(
            TAKEN,
            new Attempt.Uncertain("no answer", true),
            new Attempt.Refused("no such number"),
            new Attempt.Deferred(NOON, "busy"),
            new Attempt.Unreachable("down")));
    // Then
    assertThat(used(Period.DAY)).isEqualTo(2);
    assertThat(used(Period.MONTH)).isEqualTo(2);
    assertThat(limits.admit(messages(5, "x")).admitted()).hasSize(3);
  }

  @Test
  void onlyAllowedCountriesAreSentTo() {
    // Given
    settings.put(organization, new SmsSettings(List.of("DE", "US"), null, null));
    // When
    Admission admission =
        at(NOON)
            .admit(
                Stream.of(
                        "+4930901820",
                        "+41446681800",
                        "+12025550123",
                        "+16135550123",
                        "+870773111632")
                    .map(number -> sms(number, "x"))
                    .toList());
    // Then
    assertThat(admission.admitted())
        .extracting(Sms::recipient)
        .containsExactly("+4930901820", "+12025550123");
    assertThat(words(admission, 1)).startsWith("The organization sends no text messages to CH");
    assertThat(words(admission, 3)).startsWith("The organization sends no text messages to CA");
    assertThat(words(admission, 4)).contains("numbers of no country");
    assertThat(used(Period.DAY)).isEqualTo(2);
  }

  @Test
  void theOperatorsCeilingHoldsWhereTheOrganizationSetsNone() {
    // When
    Admission admission = at(NOON, new SmsSettings(null, 3, null)).admit(messages(4, "x"));
    // Then
    assertThat(admission.admitted()).hasSize(3);
    assertThat(admission.held().getLast())
        .get()
        .isInstanceOfSatisfying(
            Attempt.Deferred.class,
            deferred -> {
              assertThat(deferred.until()).isEqualTo(MIDNIGHT);
              assertThat(deferred.words())
                  .startsWith("The operator's limit of 3 SMS segments a day");
            });
  }

  @Test
  void aCeilingThatWasLoweredHoldsAtOnceOverWhatTheOrganizationHadSet() {
    // Given
    settings.put(organization, new SmsSettings(List.of("CH", "DE"), 100, 1_000));
    assertThat(at(NOON).admit(messages(5, "x")).admitted()).hasSize(5);
    // When
    Limits lowered = at(NOON, new SmsSettings(List.of("DE"), null, 7));
    Admission admission = lowered.admit(messages(3, "x"));
    Admission abroad = lowered.admit(List.of(sms("+41446681800", "x")));
    // Then
    assertThat(admission.admitted()).hasSize(2);
    assertThat(words(abroad, 0))
        .isEqualTo("The operator of this service allows no text messages to CH");
  }

  @Test
  void whatAnOrganizationAllowsBelowTheCeilingIsItsOwnLimit() {
    // Given
    settings.put(organization, new SmsSettings(List.of("DE"), 2, null));
    Limits limits = at(NOON, new SmsSettings(List.of("AT", "CH", "DE"), 3, 3));
    // When
    Admission admission = limits.admit(messages(3, "x"));
    Admission abroad = limits.admit(List.of(sms("+41446681800", "x")));
    // Then
    assertThat(admission.admitted()).hasSize(2);
    assertThat(((Attempt.Deferred) admission.held().getLast().orElseThrow()).words())
        .startsWith("The organization's limit of 2");
    assertThat(words(abroad, 0)).startsWith("The organization sends no text messages to CH");
  }

  private static String words(Admission admission, int place) {
    Optional<Attempt> held = admission.held().get(place);
    return ((Attempt.Refused) held.orElseThrow()).words();
  }

  private int used(Period period) {
    return usage.read(organization, Period.day(NOON)).get(period);
  }

  private Limits at(Instant now) {
    return at(now, SmsSettings.NO_LIMITS);
  }

  private Limits at(Instant now, SmsSettings most) {
    return new Limits(settings, usage, new Ceiling(most), Clock.fixed(now, ZoneOffset.UTC));
  }

  private List<Sms> messages(int count, String text) {
    return IntStream.range(0, count).mapToObj(_ -> sms("+4930901820", text)).toList();
  }

  private Sms sms(String number, String text) {
    return new Sms(UUID.randomUUID(), organization, number, SmsText.of(text));
  }
}
