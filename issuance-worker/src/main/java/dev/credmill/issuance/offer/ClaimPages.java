package dev.credmill.issuance.offer;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The HTML pages of a claim, under {@code templates/issuance}. */
@CheckedTemplate(basePath = "issuance")
final class ClaimPages {
  private ClaimPages() {}

  static native TemplateInstance claim(ClaimPage page);

  static native TemplateInstance offer(OfferPage page);
}
