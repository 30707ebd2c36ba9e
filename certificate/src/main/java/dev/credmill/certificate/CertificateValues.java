package dev.credmill.certificate;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a certificate says of one credential.
 *
 * @param locale in which dates are written
 * @param title what was issued
 * @param link the Cred_URL
 * @param validUntil null for a credential that does not end
 */
public record CertificateValues(
    Claims claims,
    Locale locale,
    String title,
    String issuerName,
    String credentialId,
    String link,
    Instant validFrom,
    Instant validUntil) {

  /** What fills a template: claims first, so that none can pass for what the platform says. */
  public Map<String, String> byPlaceholder() {
    Map<String, String> values = new HashMap<>();
    claims.list().forEach(claim -> values.put(claim.name(), claim.value()));
    values.put("title", title);
    values.put("recipientName", claims.recipientName());
    values.put("issuerName", issuerName);
    values.put("credentialId", credentialId);
    values.put("credUrl", link);
    values.put("validFrom", Claims.date(validFrom, locale));
    values.put("validUntil", validUntil == null ? "" : Claims.date(validUntil, locale));
    return values;
  }
}
