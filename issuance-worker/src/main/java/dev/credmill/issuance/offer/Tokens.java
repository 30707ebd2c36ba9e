package dev.credmill.issuance.offer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.credmill.issuance.IssuanceConfig;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Exchanges the code of an offer for a token, once. */
@ApplicationScoped
class Tokens {
  static final String DETAILS_TYPE = "openid_credential";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST_CLIENT_ID = 2_000;

  /**
   * OpenID4VCI 1.0, 13.10: a bearer token that lasts longer would have to be bound to its sender.
   */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final OfferTable table;
  private final OfferConfig config;
  private final Clock clock;

  Tokens(OfferTable table, IssuanceConfig config, Clock clock) {
    this.table = table;
    this.config = config.offer();
    this.clock = clock;
    if (!this.config.tokenLifetime().isPositive()
        || this.config.tokenLifetime().compareTo(LONGEST) > 0) {
      throw new IllegalStateException(
          "issuance.offer.token-lifetime must be longer than 0 and at most " + LONGEST);
    }
  }

  /**
   * What a wallet asks with.
   *
   * @param digits null where it sends none
   * @param clientId null for an anonymous wallet
   * @param authorizationDetails as it was sent; null where it was not
   */
  record Asked(Secret code, String digits, String clientId, String authorizationDetails) {}

  /** As wallets get it (RFC 6749, 5.1, and OpenID4VCI 1.0, 6.2). */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Granted(
      @JsonProperty("access_token") String token,
      @JsonProperty("token_type") String type,
      @JsonProperty("expires_in") long seconds,
      @JsonProperty("authorization_details") List<Details> details) {}

  /** What the token is for, where the wallet wanted identifiers. */
  record Details(
      String type,
      @JsonProperty("credential_configuration_id") String configuration,
      @JsonProperty("credential_identifiers") List<String> identifiers) {
    static Details of(Configuration configuration) {
      return new Details(
          DETAILS_TYPE, configuration.id(), List.of(configuration.credentialIdentifier()));
    }
  }

  /** Either a token or why there is none: a refusal that was counted must not be rolled back. */
  private record Answer(Granted granted, ProtocolError error) {
    static Answer refused(ProtocolError error) {
      return new Answer(null, error);
    }
  }

  Granted exchange(Issuer issuer, Asked asked) {
    if (asked.clientId() != null && asked.clientId().length() > LONGEST_CLIENT_ID) {
      throw ProtocolError.invalidRequest("The client_id is too long");
    }
    Answer answer = QuarkusTransaction.requiringNew().call(() -> answer(issuer, asked));
    if (answer.error() != null) {
      throw answer.error();
    }
    return answer.granted();
  }

  private Answer answer(Issuer issuer, Asked asked) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Optional<StoredOffer> found = table.lockByCode(issuer.organization().id(), asked.code());
    if (found.isEmpty()) {
      return Answer.refused(ProtocolError.invalidGrant("There is no such pre-authorized code"));
    }
    StoredOffer offer = found.get();
    if (offer.state() != OfferState.OPEN) {
      // RFC 6749, 4.1.2
      table.endToken(offer, now);
      return Answer.refused(
          ProtocolError.invalidGrant("The pre-authorized code was used or replaced"));
    }
    if (offer.isOver(now)) {
      return Answer.refused(ProtocolError.invalidGrant("The pre-authorized code has expired"));
    }
    if (offer.asksForDigits() != (asked.digits() != null)) {
      return Answer.refused(
          ProtocolError.invalidRequest(
              offer.asksForDigits() ? "A tx_code is needed" : "No tx_code is asked for"));
    }
    if (offer.asksForDigits() && !offer.opensWith(asked.code(), asked.digits())) {
      table.countWrongDigits(offer, config.wrongDigitsPerOffer(), now);
      return Answer.refused(ProtocolError.invalidGrant("The tx_code is wrong"));
    }
    List<Configuration> offered =
        offer.configurations().stream().flatMap(id -> Configuration.parse(id).stream()).toList();
    boolean identified = asked.authorizationDetails() != null;
    List<Configuration> granted =
        identified ? wanted(asked.authorizationDetails(), offered) : offered;
    Secret token = Secret.random();
    table.redeem(
        offer,
        token,
        granted.stream().map(Configuration::id).toList(),
        asked.clientId(),
        identified,
        now,
        now.plus(config.tokenLifetime()));
    return new Answer(
        new Granted(
            token.text(),
            "Bearer",
            config.tokenLifetime().toSeconds(),
            identified ? granted.stream().map(Details::of).toList() : null),
        null);
  }

  /** RFC 9396, 2, and OpenID4VCI 1.0, 5.1.1: some of what was offered. */
  private static List<Configuration> wanted(String details, List<Configuration> offered) {
    JsonNode read;
    try {
      read = JSON.readTree(details);
    } catch (JsonProcessingException e) {
      throw ProtocolError.invalidRequest("authorization_details is no JSON");
    }
    if (!read.isArray() || read.isEmpty()) {
      throw ProtocolError.invalidAuthorizationDetails("It is a non-empty array of objects");
    }
    List<Configuration> wanted = new ArrayList<>();
    for (JsonNode detail : read) {
      if (!detail.path("type").asText().equals(DETAILS_TYPE)) {
        throw ProtocolError.invalidAuthorizationDetails("The only type is " + DETAILS_TYPE);
      }
      String id = detail.path("credential_configuration_id").asText();
      Configuration configuration =
          offered.stream()
              .filter(one -> one.id().equals(id))
              .findFirst()
              .orElseThrow(
                  () ->
                      ProtocolError.invalidAuthorizationDetails(
                          "A credential_configuration_id is none of those offered"));
      if (!wanted.contains(configuration)) {
        wanted.add(configuration);
      }
    }
    return wanted;
  }

  /**
   * The offer that a token was given for.
   *
   * @param authorization the header of that name; null where there is none
   */
  StoredOffer authorized(Issuer issuer, String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length())) {
      throw ProtocolError.noToken();
    }
    String token = authorization.substring("Bearer ".length()).strip();
    return table
        .byToken(issuer.organization().id(), new Secret(token))
        .filter(offer -> !offer.isOver(clock.instant()))
        .filter(offer -> offer.state() != OfferState.LAPSED)
        .orElseThrow(() -> ProtocolError.invalidToken("The token is unknown or has expired"));
  }
}
