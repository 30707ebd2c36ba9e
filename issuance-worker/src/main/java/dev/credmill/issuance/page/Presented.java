package dev.credmill.issuance.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.certificate.CertificateValues;
import dev.credmill.certificate.Claims;
import dev.credmill.contracts.registry.CertificateTemplate;
import dev.credmill.issuance.credential.StoredCredential;
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

  /** What fills the template. */
  Map<String, String> values() {
    return new CertificateValues(
            claims,
            locale,
            title,
            issuerName,
            stored.id(),
            link,
            stored.validFrom(),
            stored.validUntil())
        .byPlaceholder();
  }
}
