package dev.credmill.notification.sms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.notification.delivery.Attempt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PacedProviderTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private final ConcurrentLinkedQueue<Long> begins = new ConcurrentLinkedQueue<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostUnderWay = new AtomicInteger();

  @Test
  void asManyBeginInASecondAsTheGatewayTakes() {
    // Given
    PacedProvider provider = provider(20, 10, _ -> new Attempt.Taken());
    // When
    List<Attempt> attempts = provider.send(messages(11));
    // Then the eleventh began ten twentieths of a second after the first
    assertThat(attempts).hasOnlyElementsOfType(Attempt.Taken.class);
    long first = begins.stream().mapToLong(Long::longValue).min().orElseThrow();
    long last = begins.stream().mapToLong(Long::longValue).max().orElseThrow();
    assertThat(last - first).isGreaterThanOrEqualTo(Duration.ofMillis(490).toNanos());
  }

  @Test
  void whatCannotBeginSoonIsPutOffAndNoMoreIsAskedFor() {
    // Given
    PacedProvider provider = provider(2, 10, _ -> new Attempt.Taken());
    assertThat(provider.ready()).isEqualTo(4);
    // When, within three quarters of the timeout, four can begin
    List<Attempt> attempts = provider.send(messages(10));
    // Then
    assertThat(attempts).filteredOn(Attempt.Taken.class::isInstance).hasSize(4);
    assertThat(attempts).filteredOn(Attempt.Deferred.class::isInstance).hasSize(6);
  }

  @Test
  void noMoreAreUnderWayThanTheGatewayTakes() {
    // Given
    CountDownLatch two = new CountDownLatch(2);
    PacedProvider provider =
        provider(
            1_000,
            2,
            _ -> {
              two.countDown();
              await(two);
              return new Attempt.Taken();
            });
    // When
    provider.send(messages(20));
    // Then
    assertThat(mostUnderWay).hasValue(2);
  }

  @Test
  void aGatewayThatWantsAPauseGetsOne() {
    // Given
    PacedProvider provider =
        provider(100, 1, _ -> new Attempt.Deferred(Instant.now().plusSeconds(60), "429 not now"));
    // When
    List<Attempt> attempts = provider.send(messages(5));
    // Then one has asked, and the others did not
    assertThat(attempts).hasOnlyElementsOfType(Attempt.Deferred.class);
    assertThat(begins).hasSize(1);
    assertThat(provider.ready()).isZero();
  }

  @Test
  void oneThatGoesWrongLeavesTheOthersWhatTheyAre() {
    // Given
    PacedProvider provider =
        provider(
            100,
            5,
            sms -> {
              if (sms.recipient().endsWith("1")) {
                throw new IllegalStateException("as the test says");
              }
              return new Attempt.Taken();
            });
    // When
    List<Attempt> attempts = provider.send(messages(3));
    // Then
    assertThat(attempts)
        .extracting(attempt -> attempt.getClass().getSimpleName())
        .containsExactly("Taken", "Uncertain", "Taken");
  }

  private PacedProvider provider(int perSecond, int inFlight, Function<Sms, Attempt> answers) {
    Gateway gateway =
        new Gateway() {
          @Override
          public int inFlight() {
            return inFlight;
          }

          @Override
          public int perSecond() {
            return perSecond;
          }

          @Override
          public Attempt send(Sms sms) {
            begins.add(System.nanoTime());
            mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            try {
              return answers.apply(sms);
            } finally {
              underWay.decrementAndGet();
            }
          }
        };
    return new PacedProvider(gateway, TIMEOUT, Clock.systemUTC());
  }

  private static List<Sms> messages(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Sms(
                    UUID.randomUUID(),
                    new OrganizationId("acme"),
                    "+493090182" + i,
                    SmsText.of("x")))
        .toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
