package dev.credmill.certificate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The templates that come along, to be used as they are or as a model. */
public enum BuiltInTemplate {
  /** Claims: degree, and fieldOfStudy, graduationDate, honours where there are any. */
  DIPLOMA("diploma"),

  /** Claims: course, and hours, completedOn where there are any. */
  TRAINING_CERTIFICATE("training-certificate"),

  /** No claims, but {@code title}: what a credential without a template of its own looks like. */
  PLAIN("plain");

  private final String file;

  BuiltInTemplate(String file) {
    this.file = file;
  }

  public String svg() {
    try (InputStream svg =
        BuiltInTemplate.class.getResourceAsStream("templates/" + file + ".svg")) {
      return new String(svg.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public CertificateSvg template() {
    try {
      return CertificateSvg.parse(svg());
    } catch (TemplateRefused e) {
      throw new IllegalStateException("a template that comes along is refused", e);
    }
  }
}
