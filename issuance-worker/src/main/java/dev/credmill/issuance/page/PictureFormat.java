package dev.credmill.issuance.page;

/** The forms in which a certificate is rendered. */
enum PictureFormat {
  SVG("image/svg+xml", "svg"),
  PNG("image/png", "png"),
  PDF("application/pdf", "pdf");

  private final String mediaType;
  private final String extension;

  PictureFormat(String mediaType, String extension) {
    this.mediaType = mediaType;
    this.extension = extension;
  }

  String mediaType() {
    return mediaType;
  }

  String extension() {
    return extension;
  }
}
