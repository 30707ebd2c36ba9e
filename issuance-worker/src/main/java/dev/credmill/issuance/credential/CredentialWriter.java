package dev.credmill.issuance.credential;

import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.issuance.securing.CompactJws;
import dev.credmill.issuance.securing.Signer;
import dev.credmill.issuance.securing.SigningKey;
import java.time.Instant;
import java.util.List;

/** Makes and secures credentials, one after the other. Belongs to one thread. */
public final class CredentialWriter {
  private final CredentialIdentities identities;
  private final Signer signer;
  private final ClaimsReader claimsReader = new ClaimsReader();
  private final CompactJws jws = new CompactJws();
  private final Bytes buffer = new Bytes();
  private Instant lastValidUntil;
  private String lastValidUntilText;

  public CredentialWriter(CredentialIdentities identities, Signer signer) {
    this.identities = identities;
    this.signer = signer;
  }

  /**
   * What a row's credential is made of.
   *
   * @param header the encoded protected header of the key
   * @param validUntil null for never
   * @param statuses one for each of the template's status purposes
   */
  public record Order(
      CredentialTemplate template,
      SigningKey key,
      byte[] header,
      short secretVersion,
      long batchNumber,
      int rowNumber,
      Instant validUntil,
      List<StatusEntry> statuses,
      String claims) {}

  /** A credential that is secured but not stored yet. */
  public record Secured(CredentialIdentities.Identity identity, byte[] payload, byte[] signature) {}

  /**
   * @throws ProblemException when the claims cannot become a credential
   */
  public Secured write(Order order) {
    CredentialTemplate template = order.template();
    ClaimsReader.Claims claims = claimsReader.read(order.claims(), template.claims());
    if (claims.empty() && !template.hasCertificate()) {
      throw ProblemType.ROW_NOT_ISSUABLE.because(
          "The row has no claims, and a credential must say something; fill in at least one column");
    }
    CredentialIdentities.Identity identity =
        identities.of(order.secretVersion(), order.batchNumber(), order.rowNumber());
    buffer.clear();
    template.fill(buffer, identity, text(order.validUntil()), order.statuses(), claims);
    byte[] payload = buffer.toByteArray();
    byte[] signature = jws.sign(signer, order.key(), order.header(), payload);
    return new Secured(identity, payload, signature);
  }

  /** Most rows of a batch end at the same time. */
  private String text(Instant validUntil) {
    if (validUntil == null) {
      return null;
    }
    if (!validUntil.equals(lastValidUntil)) {
      lastValidUntil = validUntil;
      lastValidUntilText = CredentialTemplate.time(validUntil);
    }
    return lastValidUntilText;
  }
}
