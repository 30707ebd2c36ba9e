package dev.credmill.issuance.offer;

import io.quarkus.qute.RawString;

/**
 * The page with an offer that was just made.
 *
 * @param deepLink opens a wallet on this device
 * @param byValue the same for wallets that fetch nothing
 * @param qrPath the deep link for a wallet on another device
 */
public record OfferPage(
    String title,
    String language,
    String issuer,
    String deepLink,
    String byValue,
    RawString qrPath,
    long minutes,
    boolean asksForDigits) {}
