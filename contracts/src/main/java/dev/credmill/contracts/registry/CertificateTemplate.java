package dev.credmill.contracts.registry;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.credmill.contracts.id.OrganizationId;

/**
 * One version of a certificate template.
 *
 * @param svg SVG with Mustache placeholders; checked on entry, yet to be treated as hostile
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CertificateTemplate(
    String id, OrganizationId organization, boolean published, String name, String svg) {
  public CertificateTemplate {
    requireNonNull(id, "id");
    requireNonNull(organization, "organization");
    requireNonNull(svg, "svg");
  }
}
