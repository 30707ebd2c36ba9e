package dev.credmill.issuance.request;

import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.credential.CredentialRow;
import dev.credmill.contracts.credential.CredentialRowsClient;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.issuance.credential.CredentialIdentities;
import dev.credmill.issuance.credential.CredentialTable;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/**
 * Which row a credential is of ({@link dev.credmill.contracts.credential.CredentialLookupClient}).
 * Needs secrets, which every role has, and no private key. The class has the path of the
 * registry's: in one process a longer one would hide the registry's calls below it.
 */
@Path("/internal")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.SERVICE)
class CredentialLookupResource {
  private final CredentialIdentities identities;
  private final BatchTable batches;

  CredentialLookupResource(CredentialIdentities identities, BatchTable batches) {
    this.identities = identities;
    this.batches = batches;
  }

  @GET
  @Path("/credentials/{id}")
  @Operation(hidden = true)
  public CredentialRow row(@RestPath String id) {
    return identities
        .locate(id)
        .flatMap(this::row)
        .orElseThrow(() -> ProblemType.NOT_FOUND.because("No credential of that id was made here"));
  }

  @POST
  @Path("/credential-rows")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public List<CredentialRow> rows(List<String> names) {
    if (names == null || names.size() > CredentialRowsClient.MOST_NAMES) {
      throw ProblemType.INVALID_BODY.because(
          "Send a list of %d names at most".formatted(CredentialRowsClient.MOST_NAMES));
    }
    Map<Long, Optional<Batch>> numbered = new HashMap<>();
    List<CredentialRow> rows = new ArrayList<>(names.size());
    for (String name : names) {
      rows.add(
          key(name)
              .flatMap(
                  key ->
                      numbered
                          .computeIfAbsent(key.batchNumber(), batches::numbered)
                          .map(batch -> row(batch, key)))
              .orElse(null));
    }
    return rows;
  }

  private Optional<CredentialTable.Key> key(String name) {
    return identities.locate(name).or(() -> identities.locateByLink(name));
  }

  private static CredentialRow row(Batch batch, CredentialTable.Key key) {
    return new CredentialRow(batch.id(), key.rowNumber(), batch.organization());
  }

  private Optional<CredentialRow> row(CredentialTable.Key key) {
    return batches.numbered(key.batchNumber()).map(batch -> row(batch, key));
  }
}
