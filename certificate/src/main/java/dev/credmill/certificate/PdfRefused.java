package dev.credmill.certificate;

/** Why nothing is taken out of a PDF, in a sentence for whoever sent it. */
public final class PdfRefused extends Exception {
  private static final long serialVersionUID = 1;

  PdfRefused(String reason) {
    super(reason);
  }
}
