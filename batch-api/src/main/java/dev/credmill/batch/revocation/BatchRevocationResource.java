package dev.credmill.batch.revocation;

import dev.credmill.batch.Batch;
import dev.credmill.batch.VisibleBatch;
import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.event.StatusAction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
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

/** Changes of status of a whole batch, or of rows of it. */
@Path("/v1/batches/{id}")
@Tag(name = "Revocations")
@RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class BatchRevocationResource {
  private static final String ID = "01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d";
  private final StatusChanges changes;
  private final ChangeRequests requests;
  private final VisibleBatch batches;
  private final CurrentCaller caller;

  BatchRevocationResource(
      StatusChanges changes, ChangeRequests requests, VisibleBatch batches, CurrentCaller caller) {
    this.changes = changes;
    this.requests = requests;
    this.batches = batches;
    this.caller = caller;
  }

  @POST
  @Path("/revoke")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "revokeBatch",
      summary = "Revoke the credentials of a batch",
      description =
          "For good. Of all its issued rows, or of those named. Watch it under Location. "
              + RevocationResource.PREVIEW)
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ChangeRequest.class),
              examples = @ExampleObject(name = "why", value = ChangeRequest.EXAMPLE)))
  @APIResponse(
      responseCode = "202",
      description = "The change",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = StatusChangeView.class),
              examples = @ExampleObject(name = "change", value = RevocationResource.EXAMPLE)))
  @APIResponse(responseCode = "404", description = "No such batch of yours")
  public Response revoke(
      @Parameter(description = "The batch", example = ID) @RestPath String id,
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
      operationId = "suspendBatch",
      summary = "Suspend the credentials of a batch",
      description =
          "Until they are reinstated. Of all its issued rows, or of those named. Watch it under Location. "
              + RevocationResource.PREVIEW)
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ChangeRequest.class),
              examples = @ExampleObject(name = "why", value = ChangeRequest.EXAMPLE)))
  @APIResponse(
      responseCode = "202",
      description = "The change",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = StatusChangeView.class),
              examples = @ExampleObject(name = "change", value = RevocationResource.EXAMPLE)))
  @APIResponse(responseCode = "404", description = "No such batch of yours")
  public Response suspend(
      @Parameter(description = "The batch", example = ID) @RestPath String id,
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
      operationId = "reinstateBatch",
      summary = "Reinstate the credentials of a batch",
      description =
          "Ends a suspension. Of all its issued rows, or of those named. Watch it under Location. "
              + RevocationResource.PREVIEW)
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ChangeRequest.class),
              examples = @ExampleObject(name = "why", value = ChangeRequest.EXAMPLE)))
  @APIResponse(
      responseCode = "202",
      description = "The change",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = StatusChangeView.class),
              examples = @ExampleObject(name = "change", value = RevocationResource.EXAMPLE)))
  @APIResponse(responseCode = "404", description = "No such batch of yours")
  public Response reinstate(
      @Parameter(description = "The batch", example = ID) @RestPath String id,
      @Parameter(description = "Only tell what would become of it", example = "true")
          @QueryParam("preview")
          boolean preview,
      String body) {
    return change(id, StatusAction.REINSTATE, preview, body);
  }

  private Response change(String id, StatusAction action, boolean preview, String body) {
    Batch batch = batches.get(id);
    ChangeRequest request = requests.read(body);
    StatusChanges.Wish wish =
        new StatusChanges.Wish(
            action,
            request.reason(),
            request.notifyRecipients(),
            new Selection.OfBatch(batch.batchId(), request.rows()));
    if (preview) {
      return Response.ok(changes.preview(caller.get(), wish)).build();
    }
    StatusChangeView view = changes.begin(caller.get(), wish);
    return Response.accepted(view).header("Location", "/v1/revocations/" + view.id()).build();
  }
}
