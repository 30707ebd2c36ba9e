package dev.credmill.issuance.credential;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Finds the credential that a claim link is for. */
@ApplicationScoped
public class ClaimLinks {
  private final LinkTokens tokens;
  private final ClaimCodes codes;
  private final CredentialReading reading;

  ClaimLinks(LinkTokens tokens, ClaimCodes codes, CredentialReading reading) {
    this.tokens = tokens;
    this.codes = codes;
    this.reading = reading;
  }

  /**
   * A credential that the bearer of a link may claim.
   *
   * @param code what the claim asks for besides; null where it asks for nothing
   */
  public record Claimable(StoredCredential credential, String code) {}

  /** What was not made here as a claim link is refused before any query. */
  public Optional<Claimable> find(String token) {
    Optional<RowLocator> plain = tokens.locate(LinkPurpose.CLAIM, token);
    if (plain.isPresent()) {
      return plain.flatMap(reading::find).map(found -> new Claimable(found, null));
    }
    return tokens
        .locate(LinkPurpose.CLAIM_WITH_CODE, token)
        .flatMap(
            row ->
                reading
                    .find(row)
                    .map(
                        found ->
                            new Claimable(
                                found, codes.code(LinkTokens.secretVersion(token), row))));
  }
}
