package dev.credmill.batch.webhook;

import dev.credmill.batch.Page;
import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
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

/** Where an organization's own software hears of what happens. */
@Path("/v1/webhooks")
@Tag(name = "Webhooks", description = "Requests to your own software when something happens")
@RolesAllowed(Role.Name.ORG_ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class WebhookResource {
  static final String ID = "01939a5e-7b1a-7c3d-9e2f-5a4b3c2d1e0f";
  private static final String WITHOUT_SECRET =
      """
      {"id": "01939a5e-7b1a-7c3d-9e2f-5a4b3c2d1e0f", "url": "https://hooks.example.org/credmill",
       "eventTypes": ["batch.completed", "row.issued"], "status": "ENABLED", "createdAt": "2026-11-23T09:00:00Z"}
      """;
  private static final String WITH_SECRET =
      """
      {"id": "01939a5e-7b1a-7c3d-9e2f-5a4b3c2d1e0f", "url": "https://hooks.example.org/credmill",
       "eventTypes": ["batch.completed", "row.issued"], "status": "ENABLED", "createdAt": "2026-11-23T09:00:00Z",
       "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"}
      """;
  private static final String SECRET =
      """
      {"secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", "createdAt": "2026-11-23T09:00:00Z",
       "oldSecretUntil": "2026-11-24T09:00:00Z"}
      """;
  private static final String NONE =
      """
      {"type": "urn:credmill:problem:not-found", "title": "There is nothing here for you", "status": 404,
       "detail": "There is no webhook of that id; GET /v1/webhooks lists yours"}
      """;
  private static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

  private final Webhooks webhooks;
  private final CurrentCaller caller;

  WebhookResource(Webhooks webhooks, CurrentCaller caller) {
    this.webhooks = webhooks;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "createWebhook",
      summary = "Make a webhook",
      description =
          "From now on your software gets a signed request (Standard Webhooks) whenever something happens that the webhook has chosen. Keep the secret of the answer: with it you know that a request is ours.")
  @RequestBody(
      required = true,
      content =
          @Content(
              schema = @Schema(implementation = WebhookRequest.class),
              examples =
                  @ExampleObject(
                      name = "webhook",
                      value =
                          "{\"url\": \"https://hooks.example.org/credmill\", \"eventTypes\": [\"batch.completed\", \"row.issued\"]}")))
  @APIResponse(
      responseCode = "201",
      description = "The webhook, with its secret",
      content =
          @Content(
              schema = @Schema(implementation = WebhookView.class),
              examples = @ExampleObject(name = "made", value = WITH_SECRET)))
  @APIResponse(responseCode = "409", description = "There are as many as there may be")
  @APIResponse(
      responseCode = "422",
      description = "The address is not one that messages go to, or a type is unknown")
  public Response create(@NotNull(message = "is missing") WebhookRequest body) {
    WebhookView made = webhooks.create(caller.get(), body);
    return Response.created(URI.create("/v1/webhooks/" + made.id())).entity(made).build();
  }

  @GET
  @Operation(
      operationId = "listWebhooks",
      summary = "The organization's webhooks",
      description = "The oldest first.")
  @APIResponse(
      responseCode = "200",
      description = "A part of the list",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "one",
                      value = "{\"items\": [" + WITHOUT_SECRET + "], \"next\": null}")))
  public Page<WebhookView> list(
      @Parameter(description = "How many at most", example = "50")
          @QueryParam("limit")
          @DefaultValue(Page.DEFAULT_LIMIT)
          @Min(value = 1, message = "must be 1 to 500")
          @Max(value = Page.MOST, message = "must be 1 to 500")
          int limit,
      @Parameter(description = "The next of the part before") @QueryParam("cursor") String cursor) {
    return Page.of(
        webhooks.list(caller.organization(), cursor(cursor), limit + 1), limit, WebhookView::id);
  }

  @GET
  @Path("/{id}")
  @Operation(
      operationId = "getWebhook",
      summary = "One webhook",
      description = "Without its secret. Where it is disabled, it says why and since when.")
  @APIResponse(
      responseCode = "200",
      description = "The webhook",
      content =
          @Content(
              schema = @Schema(implementation = WebhookView.class),
              examples = @ExampleObject(name = "one", value = WITHOUT_SECRET)))
  @APIResponse(responseCode = "404", description = "No such webhook of yours")
  public WebhookView get(
      @Parameter(description = "The webhook", example = ID) @RestPath String id) {
    return webhooks.get(caller.organization(), uuid(id));
  }

  @PATCH
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "changeWebhook",
      summary = "Change a webhook, switch it off or on",
      description =
          "Only what the body names changes. Switched off, it gives up what is waiting (FAILED), and what happens meanwhile is not told later; switched on, it forgets its failures.")
  @RequestBody(
      required = true,
      content =
          @Content(
              schema = @Schema(implementation = WebhookRequest.class),
              examples = @ExampleObject(name = "on", value = "{\"status\": \"ENABLED\"}")))
  @APIResponse(
      responseCode = "200",
      description = "The webhook as it is now",
      content =
          @Content(
              schema = @Schema(implementation = WebhookView.class),
              examples = @ExampleObject(name = "one", value = WITHOUT_SECRET)))
  @APIResponse(responseCode = "404", description = "No such webhook of yours")
  @APIResponse(
      responseCode = "422",
      description = "The address is not one that messages go to, or a type is unknown")
  public WebhookView change(
      @Parameter(description = "The webhook", example = ID) @RestPath String id,
      @NotNull(message = "is missing") WebhookRequest body) {
    return webhooks.change(caller.organization(), uuid(id), body);
  }

  @DELETE
  @Path("/{id}")
  @Operation(
      operationId = "deleteWebhook",
      summary = "Delete a webhook",
      description = "With its secrets, its log and what waits to be sent to it.")
  @APIResponse(responseCode = "204", description = "It is no more")
  @APIResponse(
      responseCode = "404",
      description = "No such webhook of yours",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "none", value = NONE)))
  public void delete(@Parameter(description = "The webhook", example = ID) @RestPath String id) {
    webhooks.delete(caller.organization(), uuid(id));
  }

  @GET
  @Path("/{id}/secret")
  @Operation(
      operationId = "getWebhookSecret",
      summary = "What a webhook's messages are signed with",
      description = "The newest secret; older ones may go on signing for a while.")
  @APIResponse(
      responseCode = "200",
      description = "The secret",
      content =
          @Content(
              schema = @Schema(implementation = SecretView.class),
              examples = @ExampleObject(name = "secret", value = SECRET)))
  @APIResponse(responseCode = "404", description = "No such webhook of yours")
  public Response secret(
      @Parameter(description = "The webhook", example = ID) @RestPath String id) {
    return unstored(webhooks.secret(caller.organization(), uuid(id)));
  }

  @POST
  @Path("/{id}/secret")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "rotateWebhookSecret",
      summary = "Give a webhook a new secret",
      description =
          "For a day, or as long as overlap says, messages carry a signature of the old one, too, so your software can change over when it likes. If others may know the old one, send overlap=PT0S.")
  @APIResponse(
      responseCode = "200",
      description = "The new secret",
      content =
          @Content(
              schema = @Schema(implementation = SecretView.class),
              examples = @ExampleObject(name = "secret", value = SECRET)))
  @APIResponse(responseCode = "404", description = "No such webhook of yours")
  public Response rotate(
      @Parameter(description = "The webhook", example = ID) @RestPath String id,
      @Parameter(
              description =
                  "For how long the old secret goes on signing, 7 days at most (ISO 8601)",
              example = "PT1H")
          @QueryParam("overlap")
          String overlap) {
    return unstored(webhooks.rotate(caller.organization(), uuid(id), overlap(overlap)));
  }

  @POST
  @Path("/{id}/test")
  @Consumes(MediaType.WILDCARD)
  @Operation(
      operationId = "testWebhook",
      summary = "Send a message that says nothing",
      description =
          "Of type webhook.test, now. What becomes of it stands in the list of deliveries, under Location.")
  @APIResponse(
      responseCode = "202",
      description = "It is on its way",
      content =
          @Content(
              schema = @Schema(implementation = TestMessage.class),
              examples =
                  @ExampleObject(
                      name = "message",
                      value = "{\"id\": \"msg_01939a5e7b1a7c3d9e2f5a4b3c2d1e0f\"}")))
  @APIResponse(responseCode = "404", description = "No such webhook of yours")
  @APIResponse(responseCode = "409", description = "The webhook is disabled")
  public Response test(@Parameter(description = "The webhook", example = ID) @RestPath String id) {
    UUID webhook = uuid(id);
    String message = webhooks.test(caller.organization(), webhook).toString();
    return Response.accepted(new TestMessage(message))
        .location(URI.create("/v1/webhooks/" + webhook + "/deliveries/" + message))
        .build();
  }

  /**
   * @param id the message's
   */
  @Schema(name = "WebhookTest")
  public record TestMessage(String id) {}

  /** No cache between here and the caller keeps a secret. */
  private static Response unstored(SecretView secret) {
    return Response.ok(secret).header("Cache-Control", "no-store").build();
  }

  private static Duration overlap(String text) {
    if (text == null) {
      return null;
    }
    try {
      Duration overlap = Duration.parse(text);
      if (!overlap.isNegative() && overlap.compareTo(LONGEST_OVERLAP) <= 0) {
        return overlap;
      }
    } catch (DateTimeException e) {
      // the same sentence
    }
    throw ProblemType.INVALID_PARAMETER.because(
        "overlap is a duration such as PT1H, from PT0S to P7D");
  }

  private static UUID cursor(String cursor) {
    try {
      return cursor == null ? null : UUID.fromString(cursor);
    } catch (IllegalArgumentException e) {
      throw badCursor();
    }
  }

  static ProblemException badCursor() {
    return ProblemType.INVALID_PARAMETER.because("A cursor is a next from this list");
  }

  static UUID uuid(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw Webhooks.notFound();
    }
  }
}
