package dev.credmill.issuance.credential;

import dev.credmill.contracts.event.Validity;
import dev.credmill.issuance.status.ListPurpose;
import dev.credmill.issuance.status.StatusLists;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Finds issued credentials by what the world knows of them. */
@ApplicationScoped
public class CredentialStore {
  private final CredentialReading reading;
  private final LinkTokens tokens;
  private final CredentialIds ids;
  private final StatusLists lists;

  CredentialStore(
      CredentialReading reading, LinkTokens tokens, CredentialIds ids, StatusLists lists) {
    this.reading = reading;
    this.tokens = tokens;
    this.ids = ids;
    this.lists = lists;
  }

  /** The credential behind a Cred_URL. What was not made here is refused before any query. */
  public Optional<StoredCredential> byToken(String token) {
    return byToken(LinkPurpose.CRED_URL, token);
  }

  /** The credential behind a link of that purpose, and of no other. */
  public Optional<StoredCredential> byToken(LinkPurpose purpose, String token) {
    return tokens.locate(purpose, token).flatMap(reading::find);
  }

  /** The Data Integrity proofs that were made with it, in the order of their formats. */
  public List<StoredProof> proofs(StoredCredential credential) {
    return reading.proofs(credential.row());
  }

  /** The credential of that id. What was not made here is refused before any query. */
  public Optional<StoredCredential> byId(String credentialId) {
    return ids.locate(credentialId)
        .filter(located -> located.format() == CredentialFormat.VC_JWT && located.copy() == 0)
        .map(CredentialIds.Located::row)
        .flatMap(reading::find);
  }

  /** Whether its issuer stands by it, as its status entries say now. */
  public Validity validity(StoredCredential credential) {
    return isSet(ListPurpose.REVOCATION, credential.revocation())
        ? Validity.REVOKED
        : isSet(ListPurpose.SUSPENSION, credential.suspension())
            ? Validity.SUSPENDED
            : Validity.ACTIVE;
  }

  /** The link token of the credential that takes the place of a revoked one, if there is one. */
  public Optional<String> replacement(StoredCredential credential) {
    return reading.replacement(credential.row());
  }

  private boolean isSet(ListPurpose purpose, StoredCredential.Status status) {
    return lists.value(purpose, status.list(), status.index()) != 0;
  }
}
