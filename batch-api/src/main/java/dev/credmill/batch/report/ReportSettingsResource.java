package dev.credmill.batch.report;

import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who is told what became of the organization's messages, for its admins. */
@Path("/v1/delivery-report-settings")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.ORG_ADMIN)
@RunOnVirtualThread
@Tag(name = "Deliveries")
class ReportSettingsResource {
  private static final String EXAMPLE = "{\"recipients\": [\"registrar@example.org\"]}";
  private final ReportSettingsTable settings;
  private final CurrentCaller caller;

  ReportSettingsResource(ReportSettingsTable settings, CurrentCaller caller) {
    this.settings = settings;
    this.caller = caller;
  }

  @GET
  @Operation(
      operationId = "getDeliveryReportSettings",
      summary = "Show who gets delivery reports",
      description = "Nobody, as long as no settings were made.")
  @APIResponse(
      responseCode = "200",
      description = "The settings",
      content =
          @Content(
              schema = @Schema(implementation = ReportSettings.class),
              examples = @ExampleObject(name = "one recipient", value = EXAMPLE)))
  public ReportSettings show() {
    return settings.of(caller.organization());
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "putDeliveryReportSettings",
      summary = "Say who gets delivery reports",
      description =
          "Each of them gets one mail per batch when all of its messages have gone out, or a day after its start: counts, reasons and, as CSV, the rows with a message that did not arrive. What comes back later brings one more. The CSV holds what the sheet said of those recipients, so the addresses should be of people who may see that.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = ReportSettings.class),
              examples = @ExampleObject(name = "one recipient", value = EXAMPLE)))
  @APIResponse(
      responseCode = "200",
      description = "The settings as they are now",
      content =
          @Content(
              schema = @Schema(implementation = ReportSettings.class),
              examples = @ExampleObject(name = "one recipient", value = EXAMPLE)))
  @APIResponse(
      responseCode = "400",
      description = "Not such settings",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples =
                  @ExampleObject(
                      name = "no address",
                      value =
                          """
                          {"type": "urn:credmill:problem:invalid-body", "title": "The body is not what this call takes", "status": 400,
                           "detail": "recipients takes email addresses such as registrar@example.org"}
                          """)))
  public ReportSettings replace(@NotNull(message = "is missing") ReportSettings body) {
    OrganizationId organization = caller.organization();
    settings.put(organization, body.checked());
    return settings.of(organization);
  }
}
