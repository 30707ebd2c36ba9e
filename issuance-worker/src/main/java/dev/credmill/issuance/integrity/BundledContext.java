package dev.credmill.issuance.integrity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A context that credentials and DID documents name and that never changes: it is part of this
 * service and pinned by its SHA-256, as VCDM 2.0 (5.9, B.1) asks. See NOTICE for where each is
 * from.
 */
enum BundledContext {
  CREDENTIALS_V2(
      "https://www.w3.org/ns/credentials/v2",
      "credentials-v2.jsonld",
      "8a9f494a89ecc51db093e90e84713e07e84d6d9204364a9b3c7868b21751236f"),
  UNDEFINED_TERMS_V2(
      "https://www.w3.org/ns/credentials/undefined-terms/v2",
      "undefined-terms-v2.jsonld",
      "82dab514ba44eb18f5d1b0f638c5e140c6a556fbfb5089601bdc0fa5eb8b2581"),
  /** Whoever names it wants every term to be taken: W3C's examples and tests do. */
  EXAMPLES_V2(
      "https://www.w3.org/ns/credentials/examples/v2",
      "credentials-examples-v2.jsonld",
      "57393fbc69d6efb9b9b5dc9cb6b9880b0944360abfe2eaf459c9e58cf2279d7c"),
  DATA_INTEGRITY_V2(
      "https://w3id.org/security/data-integrity/v2",
      "data-integrity-v2.jsonld",
      "0f77743daf5b4e8fc067fc5ba5b21044283053aa717fc6b0219843bed3b00363"),
  OPEN_BADGES_3_0_3(
      "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
      "open-badges-3.0.3.jsonld",
      "ef2fa9c7846dce233cc166b43639027278be4ee44f00bb1d45c75de2dd0cd761"),
  DID_V1(
      "https://www.w3.org/ns/did/v1",
      "did-v1.jsonld",
      "62c1054bf404d6dd3a4b26b64f830fd72095f6a26edc4469908c94351352ce5f"),
  MULTIKEY_V1(
      "https://w3id.org/security/multikey/v1",
      "multikey-v1.jsonld",
      "8e6bad2e5b4f0721906a4dcc2f7a894b1215cf9a47014c71e286423860642ff0");

  private final String url;
  private final String file;
  private final String sha256;

  BundledContext(String url, String file, String sha256) {
    this.url = url;
    this.file = file;
    this.sha256 = sha256;
  }

  String url() {
    return url;
  }

  byte[] bytes() {
    try (InputStream in = BundledContext.class.getResourceAsStream(file)) {
      byte[] bytes = in.readAllBytes();
      String found = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      if (!found.equals(sha256)) {
        throw new IllegalStateException(
            "the bundled context " + url + " is not the one that was pinned: " + found);
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
