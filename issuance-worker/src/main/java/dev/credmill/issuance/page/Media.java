package dev.credmill.issuance.page;

/** The media types of credentials. */
final class Media {
  /** VC-JOSE-COSE, 6.1. */
  static final String VC_JWT = "application/vc+jwt";

  /** VCDM 2.0, C.1. */
  static final String VC = "application/vc";

  static final String PROBLEM = "application/problem+json";

  private Media() {}
}
