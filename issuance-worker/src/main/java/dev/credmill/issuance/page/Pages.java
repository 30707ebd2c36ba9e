package dev.credmill.issuance.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateInstance;

/** The HTML pages under {@code templates/issuance}. */
@CheckedTemplate(basePath = "issuance")
final class Pages {
  private Pages() {}

  static native TemplateInstance certificate(CredentialPage page);

  static native TemplateInstance notFound(RawString style);
}
