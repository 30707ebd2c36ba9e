package dev.credmill.issuance.page;

import dev.credmill.certificate.Claim;
import dev.credmill.certificate.Claims;
import dev.credmill.certificate.QrPath;
import dev.credmill.issuance.verify.Check;
import dev.credmill.issuance.verify.Verdict;
import dev.credmill.issuance.verify.Verification;
import io.quarkus.qute.RawString;
import java.util.List;
import java.util.Locale;

/**
 * All that the page of one credential shows. The template engine escapes every text; only the QR
 * code's path, which is made here, goes in as it is.
 *
 * @param replacement the link token of the credential that takes the place of a revoked one; null
 *     where there is none
 */
public record CredentialPage(
    String token,
    String title,
    String description,
    String language,
    String recipient,
    String issuer,
    String issuerDid,
    String didDocument,
    String credentialId,
    String validFrom,
    String validUntil,
    String link,
    RawString qrPath,
    List<Claim> claims,
    Verdict verdict,
    String replacement,
    List<Check> checks,
    String checkedAt) {
  static CredentialPage of(
      Presented credential, Verification verification, String replacement, String checkedAt) {
    return new CredentialPage(
        credential.stored().linkToken(),
        credential.title(),
        credential.description(),
        credential.locale().toLanguageTag(),
        credential.claims().recipientName(),
        credential.issuerName(),
        credential.issuerDid(),
        credential.didDocument(),
        credential.stored().id(),
        Claims.date(credential.stored().validFrom(), Locale.ENGLISH),
        credential.stored().validUntil() == null
            ? null
            : Claims.date(credential.stored().validUntil(), Locale.ENGLISH),
        credential.link(),
        new RawString(QrPath.of(credential.link())),
        credential.claims().list(),
        verification.verdict(),
        replacement,
        verification.checks(),
        checkedAt);
  }

  /** What the picture says, for those who do not see it. */
  public String pictureText() {
    return recipient.isEmpty()
        ? "Certificate: %s, issued by %s".formatted(title, issuer)
        : "Certificate: %s, issued to %s by %s".formatted(title, recipient, issuer);
  }
}
