package dev.credmill.registry.schema;

import java.util.Locale;
import java.util.Set;

/** The names that an issuer cannot give to a claim, and the headings that no claim's column has. */
public final class ReservedNames {
  /**
   * The terms of the W3C context {@code https://www.w3.org/ns/credentials/v2}, those of its types
   * included: it protects them, so a context that defined one anew would make every credential
   * invalid.
   */
  private static final Set<String> BASE_TERMS =
      Set.of(
          "id",
          "type",
          "name",
          "description",
          "digestMultibase",
          "digestSRI",
          "mediaType",
          "VerifiableCredential",
          "EnvelopedVerifiableCredential",
          "confidenceMethod",
          "credentialSchema",
          "credentialStatus",
          "credentialSubject",
          "evidence",
          "issuer",
          "proof",
          "refreshService",
          "relatedResource",
          "renderMethod",
          "termsOfUse",
          "validFrom",
          "validUntil",
          "VerifiablePresentation",
          "EnvelopedVerifiablePresentation",
          "holder",
          "verifiableCredential",
          "JsonSchema",
          "JsonSchemaCredential",
          "jsonSchema",
          "BitstringStatusList",
          "BitstringStatusListCredential",
          "BitstringStatusListEntry",
          "encodedList",
          "statusListCredential",
          "statusListIndex",
          "statusMessage",
          "statusPurpose",
          "statusReference",
          "statusSize",
          "ttl",
          "message",
          "DataIntegrityProof",
          "challenge",
          "created",
          "cryptosuite",
          "domain",
          "expires",
          "nonce",
          "previousProof",
          "proofPurpose",
          "proofValue",
          "verificationMethod",
          "assertionMethod",
          "authentication",
          "capabilityDelegation",
          "capabilityInvocation",
          "keyAgreement");

  /** In an SD-JWT VC the claims stand beside these. */
  private static final Set<String> TOKEN_CLAIMS =
      Set.of(
          "iss",
          "sub",
          "aud",
          "exp",
          "nbf",
          "iat",
          "jti",
          "cnf",
          "vct",
          "aka_vcts",
          "status",
          "_sd",
          "_sd_alg");

  /** What the platform puts into certificates by itself. */
  private static final Set<String> PLATFORM_NAMES =
      Set.of("recipientName", "issuerName", "credentialId", "credUrl", "qrCode");

  /** The columns that every sheet may have, and the one that error files add. */
  private static final Set<String> SHEET_HEADINGS =
      Set.of(
          "id",
          "reference",
          "firstname",
          "lastname",
          "email",
          "phone",
          "contact",
          "expiration",
          "expirationdate/duration",
          "language",
          "error");

  private ReservedNames() {}

  public static boolean isClaim(String name) {
    return BASE_TERMS.contains(name)
        || TOKEN_CLAIMS.contains(name)
        || PLATFORM_NAMES.contains(name);
  }

  /** Whether a credential type of that name would redefine a term of the base context. */
  public static boolean isType(String name) {
    return BASE_TERMS.contains(name);
  }

  static boolean isHeading(String title) {
    return SHEET_HEADINGS.contains(comparable(title));
  }

  /** Headings are matched without regard to case and space, so that is how they must differ. */
  static String comparable(String title) {
    return title.toLowerCase(Locale.ROOT).replaceAll("[\\s\\u00a0]+", "");
  }
}
