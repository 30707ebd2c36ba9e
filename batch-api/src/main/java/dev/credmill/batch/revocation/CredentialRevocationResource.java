package dev.credmill.batch.revocation;

import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.event.StatusAction;
import dev.credmill.contracts.problem.ProblemType;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Changes of status of one credential. */
@Path("/v1/credentials/{id}")
@Tag(name = "Revocations")
@RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class CredentialRevocationResource {
  private static final String ID = "urn:uuid:4f3c2b1a-9d8e-8c7b-a6f5-e4d3c2b1a098";

  /** Publishing takes a fraction of a second; whoever has waited that long can look again. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final StatusChanges changes;
  private final ChangeRequests requests;
  private final CurrentCaller caller;

  CredentialRevocationResource(
      StatusChanges changes, ChangeRequests requests, CurrentCaller caller) {
    this.changes = changes;
    this.requests = requests;
    this.caller = caller;
  }

  @POST
  @Path("/revoke")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "revokeCredential",
      summary = "Revoke a credential",
      description =
          "For good. Answers when it is published, which takes a moment. "
              + RevocationResource.PREVIEW)
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ChangeRequest.class),
              examples = @ExampleObject(name = "why", value = ChangeRequest.EXAMPLE)))
  @APIResponse(
      responseCode = "200",
      description = "The change",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = StatusChangeView.class),
              examples = @ExampleObject(name = "change", value = RevocationResource.EXAMPLE)))
  @APIResponse(responseCode = "404", description = "No such credential of yours")
  public Response revoke(
      @Parameter(description = "The credential's id", example = ID) @RestPath String id,
      @Parameter(description = "Only tell what would become of it", example = "true")
          @QueryParam("preview")
          boolean preview,
      String body) {
    return change(id, StatusAction.REVOKE, preview, body);
  }

  @POST
  @Path("/suspend")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "suspendCredential",
      summary = "Suspend a credential",
      description =
          "Until they are reinstated. Answers when it is published, which takes a moment. "
              + RevocationResource.PREVIEW)
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ChangeRequest.class),
              examples = @ExampleObject(name = "why", value = ChangeRequest.EXAMPLE)))
  @APIResponse(
      responseCode = "200",
      description = "The change",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = StatusChangeView.class),
              examples = @ExampleObject(name = "change", value = RevocationResource.EXAMPLE)))
  @APIResponse(responseCode = "404", description = "No such credential of yours")
  public Response suspend(
      @Parameter(description = "The credential's id", example = ID) @RestPath String id,
      @Parameter(description = "Only tell what would become of it", example = "true")
          @QueryParam("preview")
          boolean preview,
      String body) {
    return change(id, StatusAction.SUSPEND, preview, body);
  }

  @POST
  @Path("/reinstate")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "reinstateCredential",
      summary = "Reinstate a credential",
      description =
          "Ends a suspension. Answers when it is published, which takes a moment. "
              + RevocationResource.PREVIEW)
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ChangeRequest.class),
              examples = @ExampleObject(name = "why", value = ChangeRequest.EXAMPLE)))
  @APIResponse(
      responseCode = "200",
      description = "The change",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = StatusChangeView.class),
              examples = @ExampleObject(name = "change", value = RevocationResource.EXAMPLE)))
  @APIResponse(responseCode = "404", description = "No such credential of yours")
  public Response reinstate(
      @Parameter(description = "The credential's id", example = ID) @RestPath String id,
      @Parameter(description = "Only tell what would become of it", example = "true")
          @QueryParam("preview")
          boolean preview,
      String body) {
    return change(id, StatusAction.REINSTATE, preview, body);
  }

  private Response change(String id, StatusAction action, boolean preview, String body) {
    Caller who = caller.get();
    ChangeRequest request = requests.read(body);
    StatusChanges.Wish wish =
        new StatusChanges.Wish(
            action, request.reason(), request.notifyRecipients(), new Selection.Named(List.of(id)));
    StatusChangeView foreseen = changes.preview(who, wish);
    if (foreseen.counts().get(ChangeOutcome.UNKNOWN) > 0
        || foreseen.counts().get(ChangeOutcome.AMBIGUOUS) > 0) {
      throw ProblemType.NOT_FOUND.because(
          "There is no credential of that id; a row of GET /v1/batches/{id}/rows has it as credentialId");
    }
    if (preview) {
      return Response.ok(foreseen).build();
    }
    if (foreseen.counts().get(ChangeOutcome.NOT_POSSIBLE) > 0) {
      throw ProblemType.CONFLICT.because(
          "The credential was revoked, which is for good; issue the row anew if it was wrong");
    }
    StatusChangeView begun = changes.begin(who, wish);
    StatusChangeView done = changes.await(who, UUID.fromString(begun.id()), LONGEST).orElse(begun);
    if (done.counts().get(ChangeOutcome.NOT_POSSIBLE) > 0) {
      throw ProblemType.CONFLICT.because(
          "The credential cannot be suspended: its definition has no suspension in statusPurposes, or it was revoked just now");
    }
    return Response.status(done.finishedAt() == null ? 202 : 200)
        .entity(done)
        .header("Location", "/v1/revocations/" + done.id())
        .build();
  }
}
