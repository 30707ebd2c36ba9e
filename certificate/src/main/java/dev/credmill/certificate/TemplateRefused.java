package dev.credmill.certificate;

import java.util.List;

/** An SVG that cannot be a certificate template. */
public final class TemplateRefused extends Exception {
  private static final long serialVersionUID = 1;
  private final transient List<String> faults;

  TemplateRefused(List<String> faults) {
    super(String.join("; ", faults), null, false, false);
    this.faults = List.copyOf(faults);
  }

  /** What is wrong, one sentence each that says what to do. */
  public List<String> faults() {
    return faults;
  }
}
