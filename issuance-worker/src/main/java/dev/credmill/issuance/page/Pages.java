package dev.credmill.issuance.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The HTML pages under {@code templates/issuance}. */
@CheckedTemplate(basePath = "issuance")
public final class Pages {
  private Pages() {}

  static native TemplateInstance certificate(CredentialPage page);

  static native TemplateInstance verify(VerifyPage page);

  /** Where there is nothing to show, and why. */
  public static native TemplateInstance nothing(String heading, String detail);
}
