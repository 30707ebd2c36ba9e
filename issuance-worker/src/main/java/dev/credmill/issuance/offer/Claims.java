package dev.credmill.issuance.offer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.issuance.copy.HolderCopies;
import dev.credmill.issuance.copy.HolderKey;
import dev.credmill.issuance.credential.CredentialStore;
import dev.credmill.issuance.credential.StoredCredential;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Hands credentials over to wallets, and writes down that they have them. */
@ApplicationScoped
class Claims {
  private final CredentialStore credentials;
  private final HolderCopies copies;
  private final OfferTable offers;
  private final ResponseTable responses;
  private final Clock clock;
  private final Counter claimed;

  Claims(
      CredentialStore credentials,
      HolderCopies copies,
      OfferTable offers,
      ResponseTable responses,
      Clock clock,
      MeterRegistry metrics) {
    this.credentials = credentials;
    this.copies = copies;
    this.offers = offers;
    this.responses = responses;
    this.clock = clock;
    claimed =
        Counter.builder("credmill.credentials.claimed")
            .description("Copies of credentials that wallets have got")
            .register(metrics);
  }

  /** What a wallet gets, and by what it reports on it. */
  record Handed(List<JsonNode> credentials, Secret notificationId) {}

  /**
   * A copy for each key; fewer where there may be no more, and an error where there may be none.
   */
  Handed hand(StoredOffer offer, WalletFormat format, List<HolderKey> keys) {
    StoredCredential record =
        credentials
            .byId(offer.credentialId())
            .orElseThrow(() -> ProtocolError.denied("The credential is not here any more"));
    List<JsonNode> made = new ArrayList<>();
    for (HolderKey key : keys) {
      try {
        made.add(copies.issue(record, format.credentialFormat(), key));
      } catch (ProblemException e) {
        if (made.isEmpty()) {
          throw ProtocolError.denied(ascii(e.problem().detail()));
        }
        break;
      }
    }
    claimed.increment(made.size());
    Secret notificationId = Secret.random();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              offers.lock(offer.row());
              responses.insert(notificationId, offer, now);
              offers.claimed(offer, now);
            });
    return new Handed(made, notificationId);
  }

  /** The characters that a description may have. */
  private static String ascii(String text) {
    return text.replaceAll("[^\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]", "'");
  }
}
