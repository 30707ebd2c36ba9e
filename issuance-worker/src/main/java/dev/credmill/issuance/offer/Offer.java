package dev.credmill.issuance.offer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.credmill.issuance.credential.ClaimCodes;
import java.util.List;
import java.util.Map;

/** A Credential Offer as wallets read it (OpenID4VCI 1.0, 4.1.1). */
record Offer(
    @JsonProperty("credential_issuer") String credentialIssuer,
    @JsonProperty("credential_configuration_ids") List<String> configurations,
    Map<String, PreAuthorized> grants) {
  static final String GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

  /** The only grant there is. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PreAuthorized(
      @JsonProperty("pre-authorized_code") String code, @JsonProperty("tx_code") Digits digits) {}

  /** What the wallet is to ask its owner for. */
  record Digits(@JsonProperty("input_mode") String inputMode, int length, String description) {
    static final Digits SENT =
        new Digits(
            "numeric",
            ClaimCodes.LENGTH,
            "The %d digits in the text message that you have got".formatted(ClaimCodes.LENGTH));
  }

  static Offer of(Issuer issuer, List<String> configurations, Secret code, boolean asksForDigits) {
    return new Offer(
        issuer.identifier(),
        List.copyOf(configurations),
        Map.of(GRANT, new PreAuthorized(code.text(), asksForDigits ? Digits.SENT : null)));
  }
}
