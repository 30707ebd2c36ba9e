package dev.credmill.batch.row;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.credmill.batch.Batch;
import dev.credmill.batch.VisibleBatch;
import dev.credmill.batch.status.BatchOverview;
import dev.credmill.batch.status.BatchView;
import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What became of the messages of a batch, and whom they did not reach. */
@Path("/v1/batches/{id}")
@Tag(name = "Deliveries")
@RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
@RunOnVirtualThread
public class DeliveryReportResource {
  private static final String ID = "01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d";
  private final VisibleBatch batches;
  private final BatchOverview overview;
  private final DeliveryReasons reasons;
  private final Downloads downloads;
  private final CurrentCaller caller;

  DeliveryReportResource(
      VisibleBatch batches,
      BatchOverview overview,
      DeliveryReasons reasons,
      Downloads downloads,
      CurrentCaller caller) {
    this.batches = batches;
    this.overview = overview;
    this.reasons = reasons;
    this.downloads = downloads;
    this.caller = caller;
  }

  /**
   * The report.
   *
   * @param delivery how many messages are in which state
   * @param reasons why some did not arrive, the most frequent first
   */
  @Schema(name = "DeliveryReport")
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record DeliveryReport(
      String batchId, BatchView.Deliveries delivery, List<DeliveryReasons.Reason> reasons) {}

  @GET
  @Path("/delivery-report")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "getDeliveryReport",
      summary = "What became of the messages",
      description =
          "Counts, and why messages did not arrive. Final as far as `delivery.settledAt` is there; a late bounce may still change it.")
  @APIResponse(
      responseCode = "200",
      description = "The report",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = DeliveryReport.class),
              examples =
                  @ExampleObject(
                      name = "two bounced",
                      value =
                          """
                          {"batchId": "01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d",
                           "delivery": {"EMAIL": {"pending": 0, "sending": 0, "sent": 98, "delivered": 0, "failed": 0, "bounced": 2, "suppressed": 0},
                                        "SMS": {"pending": 0, "sending": 0, "sent": 0, "delivered": 0, "failed": 0, "bounced": 0, "suppressed": 0},
                                        "settledAt": "2026-11-23T10:00:05Z"},
                           "reasons": [{"medium": "EMAIL", "status": "BOUNCED", "reason": "5.1.1",
                                        "example": "550 5.1.1 <(address)>: User unknown", "rows": 2, "firstRow": 3}]}
                          """)))
  @APIResponse(responseCode = "404", description = "No such batch of yours")
  public DeliveryReport report(
      @Parameter(description = "The batch", example = ID) @RestPath String id) {
    Batch batch = batches.get(id);
    BatchView view =
        overview.find(caller.get(), batch.batchId()).orElseThrow(VisibleBatch::notFound);
    return new DeliveryReport(id, view.delivery(), reasons.of(batch.batchId()));
  }

  @GET
  @Path("/delivery-report.csv")
  @Produces("text/csv")
  @Operation(
      operationId = "getUndelivered",
      summary = "The rows with a message that did not arrive, as CSV",
      description =
          "Those with a message FAILED, BOUNCED or SUPPRESSED: the uploaded columns, then what became of them and why, as in report.csv.")
  @APIResponse(
      responseCode = "200",
      description = "The rows",
      content =
          @Content(
              mediaType = "text/csv",
              examples =
                  @ExampleObject(
                      name = "one row",
                      value =
                          "First Name,Email,Row,Issue,Email Delivery,SMS Delivery,Claim,Validity,Credential ID,Cred_URL,Problem,Email Problem,SMS Problem\r\nAda,ada@example.org,3,ISSUED,BOUNCED,NOT_REQUESTED,NONE,ACTIVE,urn:uuid:...,http://localhost:8080/c/...,The message was not taken: 550 5.1.1 User unknown,The message was not taken: 550 5.1.1 User unknown,\r\n")))
  @APIResponse(responseCode = "404", description = "No such batch of yours")
  public Response undelivered(
      @Parameter(description = "The batch", example = ID) @RestPath String id) {
    return downloads.undelivered(batches.get(id));
  }
}
