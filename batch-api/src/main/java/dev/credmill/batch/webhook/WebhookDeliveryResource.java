package dev.credmill.batch.webhook;

import dev.credmill.batch.Page;
import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What was sent to a webhook, what became of it, and having it sent again. */
@Path("/v1/webhooks/{id}")
@Tag(name = "Webhooks")
@RolesAllowed(Role.Name.ORG_ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class WebhookDeliveryResource {
  private static final String MESSAGE = "msg_01939a5e7b1a7c3d9e2f5a4b3c2d1e0f";
  private static final String DELIVERY =
      """
      {"id": "msg_01939a5e7b1a7c3d9e2f5a4b3c2d1e0f", "type": "row.issued",
       "batchId": "01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d", "status": "PENDING",
       "createdAt": "2026-11-23T09:00:00Z", "nextAttemptAt": "2026-11-23T09:00:39Z",
       "attempts": [{"at": "2026-11-23T09:00:00Z", "statusCode": 503, "durationMillis": 84, "error": "REFUSED"},
                    {"at": "2026-11-23T09:00:10Z", "durationMillis": 15000, "error": "TIMEOUT"}]}
      """;
  private final Redelivery redelivery;
  private final CurrentCaller caller;

  WebhookDeliveryResource(Redelivery redelivery, CurrentCaller caller) {
    this.redelivery = redelivery;
    this.caller = caller;
  }

  @GET
  @Path("/deliveries")
  @Operation(
      operationId = "listWebhookDeliveries",
      summary = "The messages to a webhook, and what became of them",
      description = "The newest first. Kept for 30 days, if the operator says nothing else.")
  @APIResponse(
      responseCode = "200",
      description = "A part of the list",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "one",
                      value = "{\"items\": [" + DELIVERY + "], \"next\": null}")))
  @APIResponse(responseCode = "404", description = "No such webhook of yours")
  public Page<DeliveryView> deliveries(
      @Parameter(description = "The webhook", example = WebhookResource.ID) @RestPath String id,
      @Parameter(description = "Only PENDING, DELIVERED or FAILED ones", example = "FAILED")
          @QueryParam("status")
          String status,
      @Parameter(description = "How many at most", example = "50")
          @QueryParam("limit")
          @DefaultValue(Page.DEFAULT_LIMIT)
          @Min(value = 1, message = "must be 1 to 500")
          @Max(value = Page.MOST, message = "must be 1 to 500")
          int limit,
      @Parameter(description = "The next of the part before") @QueryParam("cursor") String cursor) {
    MessageId before =
        cursor == null ? null : MessageId.parse(cursor).orElseThrow(WebhookResource::badCursor);
    return Page.of(
        redelivery.list(
            caller.organization(), WebhookResource.uuid(id), status(status), before, limit + 1),
        limit,
        DeliveryView::id);
  }

  @GET
  @Path("/deliveries/{deliveryId}")
  @Operation(
      operationId = "getWebhookDelivery",
      summary = "What became of one message",
      description = "With every attempt.")
  @APIResponse(
      responseCode = "200",
      description = "The message",
      content =
          @Content(
              schema = @Schema(implementation = DeliveryView.class),
              examples = @ExampleObject(name = "one", value = DELIVERY)))
  @APIResponse(responseCode = "404", description = "No such message to a webhook of yours")
  public DeliveryView delivery(
      @Parameter(description = "The webhook", example = WebhookResource.ID) @RestPath String id,
      @Parameter(description = "The message", example = MESSAGE) @RestPath String deliveryId) {
    return redelivery.find(caller.organization(), WebhookResource.uuid(id), message(deliveryId));
  }

  @POST
  @Path("/deliveries/{deliveryId}/redeliver")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "redeliverWebhookMessage",
      summary = "Send one message again",
      description =
          "Whatever became of it, now and for as long as a new one. It has the same webhook-id.")
  @APIResponse(
      responseCode = "202",
      description = "It is on its way",
      content =
          @Content(
              schema = @Schema(implementation = DeliveryView.class),
              examples = @ExampleObject(name = "one", value = DELIVERY)))
  @APIResponse(responseCode = "404", description = "No such message to a webhook of yours")
  @APIResponse(responseCode = "409", description = "The webhook is disabled")
  public Response redeliver(
      @Parameter(description = "The webhook", example = WebhookResource.ID) @RestPath String id,
      @Parameter(description = "The message", example = MESSAGE) @RestPath String deliveryId) {
    return Response.accepted(
            redelivery.again(caller.organization(), WebhookResource.uuid(id), message(deliveryId)))
        .build();
  }

  @POST
  @Path("/redeliver")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "redeliverFailedWebhookMessages",
      summary = "Send everything again that has failed since a time",
      description = "After an outage on your side. Each message has the same webhook-id as before.")
  @APIResponse(
      responseCode = "202",
      description = "They are on their way",
      content =
          @Content(
              schema = @Schema(implementation = Redelivered.class),
              examples = @ExampleObject(name = "some", value = "{\"messages\": 17}")))
  @APIResponse(responseCode = "404", description = "No such webhook of yours")
  @APIResponse(responseCode = "409", description = "The webhook is disabled")
  public Response redeliverSince(
      @Parameter(description = "The webhook", example = WebhookResource.ID) @RestPath String id,
      @Parameter(
              description = "Messages made at that time or later (RFC 3339)",
              example = "2026-11-23T09:00:00Z")
          @QueryParam("since")
          String since) {
    int messages =
        redelivery.againSince(caller.organization(), WebhookResource.uuid(id), time(since));
    return Response.accepted(new Redelivered(messages)).build();
  }

  /**
   * @param messages how many are sent again
   */
  @Schema(name = "WebhookRedelivery")
  public record Redelivered(int messages) {}

  private static DeliveryView.Status status(String text) {
    try {
      return text == null ? null : DeliveryView.Status.valueOf(text);
    } catch (IllegalArgumentException e) {
      throw ProblemType.INVALID_PARAMETER.because(
          "status is one of " + List.of(DeliveryView.Status.values()));
    }
  }

  private static Instant time(String text) {
    try {
      if (text != null) {
        return OffsetDateTime.parse(text).toInstant();
      }
    } catch (DateTimeException e) {
      // the same sentence
    }
    throw ProblemType.INVALID_PARAMETER.because("since is a time such as 2026-11-23T09:00:00Z");
  }

  private static MessageId message(String text) {
    return MessageId.parse(text).orElseThrow(WebhookDeliveryResource::noMessage);
  }

  static ProblemException noMessage() {
    return ProblemType.NOT_FOUND.because(
        "There is no message of that id; GET /v1/webhooks/{id}/deliveries lists them");
  }
}
