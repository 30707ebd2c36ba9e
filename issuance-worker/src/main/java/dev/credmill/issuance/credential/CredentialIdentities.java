package dev.credmill.issuance.credential;

import dev.credmill.contracts.event.ClaimAccess;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What a row's credential is known by: computed from the row, today and at every redelivery. */
@ApplicationScoped
public class CredentialIdentities {
  private final CredentialIds ids;
  private final LinkTokens tokens;
  private final ClaimCodes codes;

  CredentialIdentities(CredentialIds ids, LinkTokens tokens, ClaimCodes codes) {
    this.ids = ids;
    this.tokens = tokens;
    this.codes = codes;
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

  /**
   * What a recipient claims the row's credential with.
   *
   * @param token the last segment of the claim link; null where there is none
   * @param code what is asked for besides; null where nothing is
   */
  public record Claim(String token, String code) {
    private static final Claim NONE = new Claim(null, null);
  }

  /**
   * @param access null where nothing is to be claimed
   */
  public Claim claim(ClaimAccess access, short secretVersion, long batchNumber, int rowNumber) {
    if (access == null) {
      return Claim.NONE;
    }
    RowLocator row = new RowLocator(batchNumber, rowNumber);
    return switch (access) {
      case LINK -> new Claim(tokens.token(LinkPurpose.CLAIM, secretVersion, row), null);
      case LINK_AND_CODE ->
          new Claim(
              tokens.token(LinkPurpose.CLAIM_WITH_CODE, secretVersion, row),
              codes.code(secretVersion, row));
    };
  }

  /** The id of a copy that a holder claims of a row. */
  public String ofCopy(CredentialTable.Key row, CredentialFormat format, int copy) {
    return ids.ofCopy(new RowLocator(row.batchNumber(), row.rowNumber()), format, copy);
  }

  /** The way back: which row a credential id stands for; empty for whatever is no id of ours. */
  public Optional<CredentialTable.Key> locate(String credentialId) {
    return ids.locate(credentialId)
        .map(CredentialIds.Located::row)
        .map(row -> new CredentialTable.Key(row.batchNumber(), row.rowNumber()));
  }

  /** Which row the last segment of a Cred_URL leads to; empty for whatever is no link of ours. */
  public Optional<CredentialTable.Key> locateByLink(String linkToken) {
    return tokens
        .locate(LinkPurpose.CRED_URL, linkToken)
        .map(row -> new CredentialTable.Key(row.batchNumber(), row.rowNumber()));
  }
}
