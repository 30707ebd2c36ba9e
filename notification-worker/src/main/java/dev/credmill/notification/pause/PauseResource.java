package dev.credmill.notification.pause;

import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.delivery.SendingPause;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemType;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Whether the organization's messages wait, and having them go on. */
@Path("/v1/sending-pauses")
@RunOnVirtualThread
@Tag(
    name = "Sending pauses",
    description = "Messages of an organization wait when too many of its latest ones came back")
class PauseResource {
  private static final String EXAMPLE =
      """
      {"items": [{"medium": "EMAIL", "since": "2026-11-23T10:00:05Z", "undelivered": 51,
                  "detail": "51 of the latest 1,000 messages did not arrive, so the others wait. See GET /v1/batches/{id}/delivery-report for why, and correct the contacts; then an admin has the rest go on: DELETE /v1/sending-pauses/EMAIL"}]}
      """;
  private final Pauses pauses;
  private final CurrentCaller caller;

  PauseResource(Pauses pauses, CurrentCaller caller) {
    this.pauses = pauses;
    this.caller = caller;
  }

  /** All there are. */
  @Schema(name = "SendingPauses")
  public record Listed(List<SendingPause> items) {}

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
  @Operation(
      operationId = "listSendingPauses",
      summary = "Whether messages wait",
      description =
          "When more than 5 in 100 of an organization's latest 1,000 messages over a medium came back, or were refused because of the address, the others wait. Messages of other organizations go on. Example: `curl -H 'X-API-Key: acme-issuer-key' http://localhost:8080/v1/sending-pauses`")
  @APIResponse(
      responseCode = "200",
      description = "The media over which messages wait; mostly none",
      content =
          @Content(
              schema = @Schema(implementation = Listed.class),
              examples = @ExampleObject(name = "paused", value = EXAMPLE)))
  public Listed list() {
    return new Listed(pauses.of(caller.organization()));
  }

  @DELETE
  @Path("/{medium}")
  @RolesAllowed(Role.Name.ORG_ADMIN)
  @Operation(
      operationId = "endSendingPause",
      summary = "Have messages go on",
      description =
          "What came back before counts no longer. Example: `curl -X DELETE -H 'X-API-Key: acme-admin-key' http://localhost:8080/v1/sending-pauses/EMAIL`")
  @APIResponse(responseCode = "204", description = "They go on")
  @APIResponse(
      responseCode = "404",
      description = "No messages wait over that medium",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples =
                  @ExampleObject(
                      name = "none wait",
                      value =
                          """
                          {"type": "urn:credmill:problem:not-found", "title": "There is nothing here for you", "status": 404,
                           "detail": "No messages of yours wait over that medium; GET /v1/sending-pauses lists those that do"}
                          """)))
  public void end(
      @Parameter(description = "EMAIL or SMS", example = "EMAIL") @RestPath String medium) {
    boolean ended =
        Arrays.stream(Medium.values())
            .filter(one -> one.name().equals(medium))
            .anyMatch(one -> pauses.end(caller.organization(), one));
    if (!ended) {
      throw ProblemType.NOT_FOUND.because(
          "No messages of yours wait over that medium; GET /v1/sending-pauses lists those that do");
    }
  }
}
