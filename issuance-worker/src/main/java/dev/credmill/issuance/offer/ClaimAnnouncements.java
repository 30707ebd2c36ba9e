package dev.credmill.issuance.offer;

import dev.credmill.contracts.event.CredentialChanged.ClaimChanged;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.issuance.offer.OfferTable.News;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Tells how far claims are, from the table: what was committed is told, however often the process
 * dies in between. Also ends what nobody claimed in time, and forgets what is over.
 */
@ApplicationScoped
class ClaimAnnouncements {
  private static final int MOST = 1_000;
  private static final Duration REMEMBERED = Duration.ofDays(7);
  private final OfferTable offers;
  private final UsedNonceTable nonces;
  private final EventPublisher publisher;
  private final Clock clock;

  ClaimAnnouncements(
      OfferTable offers, UsedNonceTable nonces, EventPublisher publisher, Clock clock) {
    this.offers = offers;
    this.nonces = nonces;
    this.publisher = publisher;
    this.clock = clock;
  }

  @Scheduled(
      identity = "issuance-claims",
      every = "1s",
      delayed = "1s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() {
    offers.lapse(clock.instant());
    while (announce() == MOST) {
      // there is more
    }
  }

  @Scheduled(
      identity = "issuance-claims-forgotten",
      every = "10m",
      delayed = "1m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void forget() {
    Instant now = clock.instant();
    offers.delete(now.minus(REMEMBERED));
    nonces.delete(now);
  }

  private int announce() {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              List<News> news = offers.lockUnannounced(MOST);
              if (!news.isEmpty()) {
                publisher.publish(
                    news.stream()
                        .flatMap(
                            one ->
                                one.state().claim().stream()
                                    .map(claim -> new ClaimChanged(one.row(), claim, one.at())))
                        .toList());
                offers.announced(news);
              }
              return news.size();
            });
  }
}
