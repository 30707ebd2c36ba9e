package dev.credmill.batch.search;

import dev.credmill.contracts.credential.CredentialLookupClient;
import dev.credmill.contracts.credential.CredentialRow;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Finds the row of a credential by the credential's id. */
@ApplicationScoped
public class CredentialLookup {
  /** As the issuance worker makes them: a UUID of version 8 (RFC 9562, 5.8). */
  private static final Pattern CREDENTIAL_ID =
      Pattern.compile(
          "urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

  private final CredentialLookupClient issuanceWorker;

  CredentialLookup(@RestClient CredentialLookupClient issuanceWorker) {
    this.issuanceWorker = issuanceWorker;
  }

  /**
   * The row of that credential, if it is this organization's. What cannot be a credential's id is
   * answered here; a worker that says nothing ends the request with 503.
   */
  public Optional<RowId> find(OrganizationId organization, String credentialId) {
    // People may write hex digits as they like (RFC 9562, 4); the worker writes small ones.
    String id = credentialId.toLowerCase(Locale.ROOT);
    return CREDENTIAL_ID.matcher(id).matches()
        ? ask(id).filter(row -> row.organization().equals(organization)).map(CredentialRow::rowId)
        : Optional.empty();
  }

  private Optional<CredentialRow> ask(String id) {
    try {
      return Optional.of(issuanceWorker.row(id));
    } catch (WebApplicationException e) {
      int status = e.getResponse().getStatus();
      if (status == 404) {
        return Optional.empty();
      }
      throw status == 503
          ? ProblemType.UNAVAILABLE.because(
              "Credentials cannot be looked up just now; send the request again after the seconds in Retry-After")
          : new IllegalStateException("a look-up of a credential was answered " + status, e);
    }
  }
}
