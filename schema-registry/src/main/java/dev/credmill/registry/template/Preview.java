package dev.credmill.registry.template;

import dev.credmill.certificate.Certificate;
import dev.credmill.certificate.CertificateSvg;
import dev.credmill.certificate.CertificateValues;
import dev.credmill.certificate.TemplateRefused;
import dev.credmill.registry.organization.Organization;
import dev.credmill.registry.organization.Organizations;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** What a certificate would look like, on the template's sample values or a recipient's own. */
@ApplicationScoped
public class Preview {
  static final int USUAL_WIDTH = 1200;
  private final Organizations organizations;
  private final Drawing drawing;
  private final Clock clock;

  Preview(Organizations organizations, Drawing drawing, Clock clock) {
    this.organizations = organizations;
    this.drawing = drawing;
    this.clock = clock;
  }

  byte[] png(CertificateTemplate template, int width) {
    Map<String, String> values = values(template);
    return drawing.within(() -> filled(template, values).png(width));
  }

  byte[] pdf(CertificateTemplate template) {
    Map<String, String> values = values(template);
    return drawing.within(() -> filled(template, values).pdf(template.name()));
  }

  /** As the recipient of these values would see it, marked as a preview. */
  public byte[] png(CertificateTemplate template, CertificateValues values) {
    return drawing.within(() -> marked(template, values).png(USUAL_WIDTH));
  }

  /** As the recipient of these values would see it, marked as a preview. */
  public byte[] pdf(CertificateTemplate template, CertificateValues values) {
    return drawing.within(() -> marked(template, values).pdf(values.title() + " (preview)"));
  }

  private static Certificate marked(CertificateTemplate template, CertificateValues values)
      throws TemplateRefused {
    return CertificateSvg.parse(template.svg()).preview(values.byPlaceholder());
  }

  private static Certificate filled(CertificateTemplate template, Map<String, String> values)
      throws TemplateRefused {
    return CertificateSvg.parse(template.svg()).fill(values);
  }

  /** The template's own samples win over those for what the platform fills. */
  private Map<String, String> values(CertificateTemplate template) {
    Organization issuer = organizations.of(template.organization()).orElseThrow();
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    Map<String, String> values = new HashMap<>();
    values.put("recipientName", "Alexandra Sample");
    values.put("issuerName", issuer.name());
    values.put("validFrom", today.toString());
    values.put("validUntil", today.plusYears(2).toString());
    values.put("credentialId", "sample-0000-0000");
    values.put("credUrl", issuer.publicUrl() + "/c/sample");
    values.putAll(template.sampleValues());
    return values;
  }
}
