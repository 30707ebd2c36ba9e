package dev.credmill.issuance.credential;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What a row's credential is known by: computed from the row, today and at every redelivery. */
@ApplicationScoped
public class CredentialIdentities {
  private final CredentialIds ids;
  private final LinkTokens tokens;

  CredentialIdentities(CredentialIds ids, LinkTokens tokens) {
    this.ids = ids;
    this.tokens = tokens;
  }

  /**
   * @param credentialId the credential's {@code id}
   * @param linkToken the last segment of its Cred_URL
   */
  public record Identity(String credentialId, String linkToken) {}

  public Identity of(short secretVersion, long batchNumber, int rowNumber) {
    RowLocator row = new RowLocator(batchNumber, rowNumber);
    return new Identity(
        CredentialIds.text(ids.uuid(secretVersion, row, CredentialFormat.VC_JWT, 0)),
        tokens.token(LinkPurpose.CRED_URL, secretVersion, row));
  }

  /** The way back: which row a credential id stands for; empty for whatever is no id of ours. */
  public Optional<CredentialTable.Key> locate(String credentialId) {
    return ids.locate(credentialId)
        .map(CredentialIds.Located::row)
        .map(row -> new CredentialTable.Key(row.batchNumber(), row.rowNumber()));
  }
}
