package dev.credmill.issuance.offer;

import dev.credmill.contracts.event.Validity;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.Registry;
import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.credential.ClaimLinks.Claimable;
import dev.credmill.issuance.credential.CredentialStore;
import dev.credmill.issuance.credential.StoredCredential;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Makes offers for whoever has a claim link. A row has one open offer: a newer one takes its place,
 * so that a code that was seen by somebody else, or lies in a closed tab, is worth nothing.
 */
@ApplicationScoped
class Offers {
  private static final String CODE = "pre-authorized_code";
  private static final Duration LATELY = Duration.ofHours(24);
  private final OfferTable table;
  private final Registry registry;
  private final CredentialStore credentials;
  private final Issuers issuers;
  private final OfferConfig config;
  private final Clock clock;

  Offers(
      OfferTable table,
      Registry registry,
      CredentialStore credentials,
      Issuers issuers,
      IssuanceConfig config,
      Clock clock) {
    this.table = table;
    this.registry = registry;
    this.credentials = credentials;
    this.issuers = issuers;
    this.config = config.offer();
    this.clock = clock;
  }

  /**
   * An offer that was just made.
   *
   * @param uri where a wallet gets it
   */
  record Made(Offer offer, String uri, Instant expiresAt, boolean asksForDigits) {}

  /** In which forms a wallet can have the credential, the one that most of them take first. */
  List<Configuration> configurations(StoredCredential credential) {
    CredentialDefinition definition =
        registry
            .definition(credential.organization(), credential.definitionId())
            .orElseThrow(
                () ->
                    ProblemType.CONFLICT.because(
                        "What this credential was issued from cannot be found; ask its issuer"));
    return Configuration.of(definition);
  }

  /** Why it cannot be claimed any more; empty where it can. */
  Optional<String> obstacle(StoredCredential credential) {
    if (credentials.validity(credential) == Validity.REVOKED) {
      return Optional.of("The issuer has revoked this credential, so it cannot be claimed.");
    }
    if (credential.validUntil() != null && clock.instant().isAfter(credential.validUntil())) {
      return Optional.of("This credential has expired, so it cannot be claimed.");
    }
    return Optional.empty();
  }

  /**
   * Makes an offer of some of a credential's {@link #configurations}.
   *
   * @throws ProblemException when none can be made
   */
  Made make(Claimable claimable, List<Configuration> offered) {
    StoredCredential credential = claimable.credential();
    obstacle(credential)
        .ifPresent(
            why -> {
              throw ProblemType.CONFLICT.because(why);
            });
    Issuer issuer = issuers.of(credential.organization());
    Secret reference = Secret.random();
    Secret code = reference.derived(CODE);
    List<String> ids = offered.stream().map(Configuration::id).toList();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Instant expiresAt = now.plus(config.codeLifetime());
    OfferTable.Entry entry =
        new OfferTable.Entry(
            reference,
            code,
            claimable.code() == null ? null : code.hashWith(claimable.code()),
            credential.organization(),
            credential.row(),
            credential.id(),
            ids);
    QuarkusTransaction.requiringNew().run(() -> store(entry, now, expiresAt));
    boolean asksForDigits = claimable.code() != null;
    return new Made(
        Offer.of(issuer, ids, code, asksForDigits),
        issuer.offer(reference),
        expiresAt,
        asksForDigits);
  }

  private void store(OfferTable.Entry entry, Instant now, Instant expiresAt) {
    table.lock(entry.row());
    OfferTable.Lately lately = table.lately(entry.row(), now.minus(LATELY));
    if (lately.wrongDigits() >= config.wrongDigitsPerDay()) {
      throw ProblemType.TOO_MANY_REQUESTS.because(
          "Wrong digits were entered too often; come back tomorrow, or ask the issuer");
    }
    if (lately.offers() >= config.offersPerDay()) {
      throw ProblemType.TOO_MANY_REQUESTS.because(
          "This credential was offered too often today; come back tomorrow");
    }
    table.replaceOpen(entry.row(), now);
    table.insert(entry, now, expiresAt);
  }

  /**
   * The offer behind a reference, for as long as its code can be redeemed. Getting it uses nothing
   * up.
   */
  Optional<Offer> get(Issuer issuer, String reference) {
    Secret secret = new Secret(reference);
    return table
        .byReference(issuer.organization().id(), secret)
        .filter(offer -> offer.state() == OfferState.OPEN && !offer.isOver(clock.instant()))
        .map(
            offer ->
                Offer.of(
                    issuer, offer.configurations(), secret.derived(CODE), offer.asksForDigits()));
  }
}
