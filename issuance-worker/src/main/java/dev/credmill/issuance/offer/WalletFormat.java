package dev.credmill.issuance.offer;

import dev.credmill.issuance.credential.CredentialFormat;
import java.util.Arrays;
import java.util.Optional;

/**
 * A form in which a wallet can have a credential (OpenID4VCI 1.0, appendix A), the one that most
 * wallets take first.
 */
enum WalletFormat {
  SD_JWT_VC("dc+sd-jwt", "sd-jwt", "dc+sd-jwt", "SD-JWT VC"),
  VC_JWT("vc+jwt", "jwt", "jwt_vc_json", "W3C credential (JWT)"),
  EDDSA_RDFC(
      "eddsa-rdfc-2022", "eddsa-rdfc-2022", "ldp_vc", "W3C credential (Data Integrity, RDF)"),
  EDDSA_JCS("eddsa-jcs-2022", "eddsa-jcs-2022", "ldp_vc", "W3C credential (Data Integrity, JCS)");

  private final String definitionName;
  private final String suffix;
  private final String identifier;
  private final String title;

  WalletFormat(String definitionName, String suffix, String identifier, String title) {
    this.definitionName = definitionName;
    this.suffix = suffix;
    this.identifier = identifier;
    this.title = title;
  }

  /** As a definition's {@code formats} name it. */
  String definitionName() {
    return definitionName;
  }

  /** What the id of a configuration ends with: nothing that an address would have to escape. */
  String suffix() {
    return suffix;
  }

  /** The Credential Format Identifier. */
  String identifier() {
    return identifier;
  }

  /** For people. */
  String title() {
    return title;
  }

  /** As the rest of this service knows it. */
  CredentialFormat credentialFormat() {
    return switch (this) {
      case SD_JWT_VC -> CredentialFormat.SD_JWT_VC;
      case VC_JWT -> CredentialFormat.VC_JWT;
      case EDDSA_RDFC -> CredentialFormat.EDDSA_RDFC_2022;
      case EDDSA_JCS -> CredentialFormat.EDDSA_JCS_2022;
    };
  }

  static Optional<WalletFormat> endingIn(String suffix) {
    return Arrays.stream(values()).filter(format -> format.suffix.equals(suffix)).findFirst();
  }
}
