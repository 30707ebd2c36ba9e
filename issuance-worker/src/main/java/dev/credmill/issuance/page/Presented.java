package dev.credmill.issuance.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.contracts.registry.CertificateTemplate;
import dev.credmill.issuance.credential.StoredCredential;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A credential with what the catalogue says of its looks.
 *
 * @param signed the credential itself, as it was signed
 * @param title heads the page
 * @param template none for a definition without one
 */
record Presented(
    StoredCredential stored,
    JsonNode signed,
    String title,
    String description,
    Locale locale,
    String issuerName,
    String issuerDid,
    String link,
    String didDocument,
    Claims claims,
    Optional<CertificateTemplate> template) {

  /** What fills the template: claims first, so that none can pass for what the platform says. */
  Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    claims.list().forEach(claim -> values.put(claim.name(), claim.value()));
    values.put("title", title);
    values.put("recipientName", claims.recipientName());
    values.put("issuerName", issuerName);
    values.put("credentialId", stored.id());
    values.put("credUrl", link);
    values.put("validFrom", Claims.date(stored.validFrom(), locale));
    values.put(
        "validUntil", stored.validUntil() == null ? "" : Claims.date(stored.validUntil(), locale));
    return values;
  }
}
