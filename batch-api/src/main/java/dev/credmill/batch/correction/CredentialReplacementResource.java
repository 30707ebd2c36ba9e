package dev.credmill.batch.correction;

import dev.credmill.batch.revocation.CredentialNames;
import dev.credmill.batch.status.AcceptedBatch;
import dev.credmill.batch.status.BatchView;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.problem.ProblemType;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** One credential that was issued with something wrong, issued anew. */
@Path("/v1/credentials/{id}")
@Tag(name = "Corrections")
@RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
@Produces(MediaType.APPLICATION_JSON)
public class CredentialReplacementResource {
  private final Replacements replacements;
  private final CredentialNames names;
  private final AcceptedBatch accepted;
  private final CurrentCaller caller;

  CredentialReplacementResource(
      Replacements replacements,
      CredentialNames names,
      AcceptedBatch accepted,
      CurrentCaller caller) {
    this.replacements = replacements;
    this.names = names;
    this.accepted = accepted;
    this.caller = caller;
  }

  @POST
  @Path("/replace")
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @Operation(
      operationId = "replaceCredential",
      summary = "Replace one credential by a corrected one",
      description =
          "A batch of one row; when that is issued, the old credential is revoked and its page links to the new one.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ReplacementBody.class),
              examples =
                  @ExampleObject(
                      name = "a name",
                      value =
                          "{\"cells\": {\"Last Name\": \"Lovelace\"}, \"reason\": \"Name misspelled\"}")))
  @APIResponse(
      responseCode = "202",
      description = "The batch of the new credential; Location names it",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = BatchView.class),
              examples = @ExampleObject(name = "accepted", value = ReplacementResource.EXAMPLE)))
  @APIResponse(responseCode = "400", description = "No such column")
  @APIResponse(responseCode = "404", description = "No such credential of yours")
  @APIResponse(responseCode = "409", description = "It is replaced by another already")
  @APIResponse(responseCode = "422", description = "The new one would be invalid; see errors")
  public Response replaceOne(
      @Parameter(
              description = "The credential's id",
              example = "urn:uuid:4f3c2b1a-9d8e-8c7b-a6f5-e4d3c2b1a098")
          @RestPath
          String id,
      ReplacementBody body) {
    Caller who = caller.get();
    ReplacementBody given = body == null ? new ReplacementBody(null, null, null) : body;
    return accepted.response(
        who,
        replacements.apply(
            names
                .find(who, id)
                .orElseThrow(
                    () ->
                        ProblemType.NOT_FOUND.because(
                            "There is no credential of that id; a row of GET /v1/batches/{id}/rows has it as credentialId")),
            who,
            given.cells(),
            given.request()));
  }
}
