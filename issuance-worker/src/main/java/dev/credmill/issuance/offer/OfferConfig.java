package dev.credmill.issuance.offer;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How credentials are offered to wallets. Part of {@code issuance}. */
public interface OfferConfig {
  /**
   * For how long the code of an offer can be redeemed; a recipient makes another one afterwards.
   */
  @WithDefault("PT10M")
  Duration codeLifetime();

  /**
   * For how long a wallet's token holds: 5 minutes at most, since whoever has it can use it
   * (OpenID4VCI 1.0, 13.10).
   */
  @WithDefault("PT5M")
  Duration tokenLifetime();

  /** For how long a nonce can be signed. */
  @WithDefault("PT5M")
  Duration nonceLifetime();

  /**
   * How old the signature of a wallet may be, and how far its clock may be ahead, are both this.
   */
  @WithDefault("PT5M")
  Duration clockSkew();

  /** Keys for which a wallet may ask for a credential at once. */
  @WithDefault("4")
  @Min(2)
  @Max(10)
  int batchSize();

  /** After so many wrong digits an offer is over. */
  @WithDefault("5")
  @Min(1)
  int wrongDigitsPerOffer();

  /**
   * After so many wrong digits within 24 hours a row is not offered again before they have passed.
   */
  @WithDefault("20")
  @Min(1)
  int wrongDigitsPerDay();

  /** Offers of one row within 24 hours. */
  @WithDefault("50")
  @Min(1)
  int offersPerDay();
}
