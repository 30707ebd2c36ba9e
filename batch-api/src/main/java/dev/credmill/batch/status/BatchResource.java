package dev.credmill.batch.status;

import dev.credmill.batch.Batch;
import dev.credmill.batch.BatchConfig;
import dev.credmill.batch.Page;
import dev.credmill.batch.VisibleBatch;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.problem.ProblemType;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** Batches and what has become of them. */
@Path("/v1/batches")
@Tag(name = "Batches")
@RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
public class BatchResource {
  private static final int POLL_SECONDS = 2;
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration TICK = Duration.ofMillis(500);
  private final BatchOverview overview;
  private final CurrentCaller caller;
  private final BatchConfig config;
  private final Waiting waiting;
  private final VisibleBatch batches;
  private final SendingPauses pauses;

  BatchResource(
      BatchOverview overview,
      CurrentCaller caller,
      BatchConfig config,
      Waiting waiting,
      VisibleBatch batches,
      SendingPauses pauses) {
    this.batches = batches;
    this.pauses = pauses;
    this.overview = overview;
    this.caller = caller;
    this.config = config;
    this.waiting = waiting;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @Operation(
      operationId = "listBatches",
      summary = "List batches",
      description =
          "The newest first. An issuer sees the batches of its own key, an org-admin those of the organization.")
  @APIResponse(
      responseCode = "200",
      description = "A part of the list",
      content =
          @Content(
              mediaType = "application/json",
              examples = @ExampleObject(name = "empty", value = "{\"items\": [], \"next\": null}")))
  @APIResponse(responseCode = "400", description = "A parameter is not accepted")
  public Page<BatchView> list(
      @Parameter(description = "Exactly this label", example = "summer 2026") @QueryParam("label")
          String label,
      @Parameter(
              description =
                  "Part of the label or the file name; or exactly the email address, phone number, Reference or credential id of a row",
              example = "ada@example.org")
          @QueryParam("q")
          @Size(max = 200)
          String q,
      @Parameter(description = "Only batches in this status", example = "COMPLETED")
          @QueryParam("status")
          String status,
      @Parameter(description = "Only batches of this definition", example = "diploma")
          @QueryParam("definitionId")
          String definitionId,
      @Parameter(description = "Only batches that this API key uploaded") @QueryParam("createdBy")
          String createdBy,
      @Parameter(description = "Created at or after (RFC 3339)", example = "2026-11-01T00:00:00Z")
          @QueryParam("from")
          String from,
      @Parameter(description = "Created before (RFC 3339)", example = "2026-12-01T00:00:00Z")
          @QueryParam("to")
          String to,
      @Parameter(description = "How many at most", example = "50")
          @QueryParam("limit")
          @DefaultValue(Page.DEFAULT_LIMIT)
          @Min(value = 1, message = "must be 1 to 500")
          @Max(value = Page.MOST, message = "must be 1 to 500")
          int limit,
      @Parameter(description = "The next of the part before") @QueryParam("cursor") String cursor) {
    BatchId before =
        cursor == null
            ? null
            : BatchId.parse(cursor)
                .orElseThrow(
                    () ->
                        ProblemType.INVALID_PARAMETER.because(
                            "cursor must be a next from this list"));
    BatchOverview.Filter filter =
        new BatchOverview.Filter(
            label, q, status(status), definitionId, createdBy, time("from", from), time("to", to));
    return Page.of(overview.list(caller.get(), filter, before, limit + 1), limit, BatchView::id);
  }

  @GET
  @Path("/{id}")
  @Produces(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @Operation(
      operationId = "getBatch",
      summary = "One batch",
      description =
          "Its status, counts and progress. With ?wait= the answer comes when the batch changes from what If-None-Match names, or, without that header, when nothing more happens by itself; or when the time is over.")
  @APIResponse(
      responseCode = "200",
      description = "The batch; Retry-After says when to ask again while it runs",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = BatchView.class),
              examples =
                  @ExampleObject(
                      name = "completed",
                      value =
                          """
                          {"id": "01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d", "fileName": "diplomas.csv",
                           "mode": "ISSUE", "media": ["EMAIL"], "status": "COMPLETED", "warnings": [],
                           "definitionIds": ["diploma"], "createdBy": "key-acme-issuer",
                           "createdAt": "2026-11-22T10:00:00Z",
                           "counts": {"total": 200, "invalid": 0, "ready": 0, "queued": 0,
                                      "issued": 200, "failed": 0, "skipped": 0, "cancelled": 0}}
                          """)))
  @APIResponse(responseCode = "304", description = "Nothing has changed since that ETag")
  @APIResponse(responseCode = "404", description = "No such batch of yours")
  public Response get(
      @Parameter(description = "The batch", example = "01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d")
          @org.jboss.resteasy.reactive.RestPath("id")
          String id,
      @Parameter(description = "Seconds to wait for a change, 60 at most", example = "20")
          @QueryParam("wait")
          @DefaultValue("0")
          @PositiveOrZero(message = "must be 0 to 60 seconds")
          int wait,
      @Parameter(description = "The ETag of the answer before", example = "\"1f2e3d4c\"")
          @HeaderParam("If-None-Match")
          String known) {
    Caller who = caller.get();
    BatchView batch = find(who, id);
    long limit = Math.min(wait, config.longestWait().toSeconds());
    if (limit > 0) {
      batch =
          waiting.until(
              () -> find(who, id), b -> enough(b, known), Duration.ofSeconds(limit), LOOK);
    }
    EntityTag tag = tag(batch);
    if (known != null && known.equals("\"" + tag.getValue() + "\"")) {
      return Response.notModified(tag).build();
    }
    Response.ResponseBuilder response =
        Response.ok(batch).tag(tag).header("Cache-Control", "private, no-cache");
    if (!batch.settled()) {
      response.header("Retry-After", POLL_SECONDS);
    }
    return response.build();
  }

  /**
   * What may be changed of a batch.
   *
   * @param label null takes the label away
   */
  @Schema(name = "BatchChange")
  public record Change(
      @Schema(
              description = "A name to find the batch by; null takes it away",
              examples = "summer 2026",
              nullable = true)
          String label) {}

  @PATCH
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @Operation(
      operationId = "changeBatch",
      summary = "Label a batch",
      description = "In any state. Sending it again changes nothing.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Change.class),
              examples = @ExampleObject(name = "a label", value = "{\"label\": \"summer 2026\"}")))
  @APIResponse(
      responseCode = "200",
      description = "The batch",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = BatchView.class),
              examples =
                  @ExampleObject(
                      name = "labelled",
                      value =
                          "{\"id\": \"01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d\", \"label\": \"summer 2026\"}")))
  @APIResponse(responseCode = "400", description = "The label is too long or has line breaks")
  @APIResponse(responseCode = "404", description = "No such batch of yours")
  public BatchView change(
      @Parameter(description = "The batch", example = "01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d")
          @org.jboss.resteasy.reactive.RestPath("id")
          String id,
      Change change) {
    if (change == null) {
      throw ProblemType.INVALID_BODY.because(
          "Send the new label, such as {\"label\": \"summer 2026\"}, or null to take it away");
    }
    BatchId batch = batches.get(id).batchId();
    String label = Batch.checkedLabel(change.label());
    QuarkusTransaction.requiringNew()
        .run(() -> Batch.locked(batch).ifPresent(b -> b.label = label));
    return find(caller.get(), id);
  }

  @GET
  @Path("/{id}/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "streamBatch",
      summary = "The progress of a batch as server-sent events",
      description =
          "Sends the batch whenever it has changed, and ends when nothing more happens by itself.")
  @APIResponse(
      responseCode = "200",
      description = "Events whose data is the batch as GET /v1/batches/{id} gives it",
      content =
          @Content(
              mediaType = "text/event-stream",
              examples =
                  @ExampleObject(
                      name = "event",
                      value = "data: {\"id\": \"...\", \"status\": \"ISSUING\"}")))
  @APIResponse(responseCode = "404", description = "No such batch of yours")
  @io.smallrye.common.annotation.Blocking
  public Multi<BatchView> events(
      @Parameter(description = "The batch", example = "01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d")
          @org.jboss.resteasy.reactive.RestPath("id")
          String id) {
    Caller who = caller.get();
    BatchView first = find(who, id);
    return waiting.changes(first, () -> find(who, id), BatchResource::tag, TICK);
  }

  private BatchView find(Caller who, String id) {
    return BatchId.parse(id)
        .flatMap(batch -> overview.find(who, batch))
        .map(batch -> pauses.told(who.organization(), batch))
        .orElseThrow(
            () ->
                ProblemType.NOT_FOUND.because(
                    "There is no batch of that id; GET /v1/batches lists yours"));
  }

  private static boolean enough(BatchView batch, String known) {
    return known == null ? batch.settled() : !known.equals("\"" + tag(batch).getValue() + "\"");
  }

  /** Changes when anything but the passing of time has changed. */
  static EntityTag tag(BatchView batch) {
    int hash =
        java.util.Objects.hash(
            batch.id(),
            batch.label(),
            batch.status(),
            batch.counts(),
            batch.duplicates(),
            batch.warnings(),
            batch.delivery(),
            batch.progress().rowsRead(),
            batch.startedAt(),
            batch.completedAt());
    return new EntityTag(Integer.toHexString(hash));
  }

  private static BatchStatus status(String text) {
    if (text == null) {
      return null;
    }
    Optional<BatchStatus> status =
        Arrays.stream(BatchStatus.values()).filter(s -> s.name().equals(text)).findFirst();
    return status.orElseThrow(
        () ->
            ProblemType.INVALID_PARAMETER.because(
                "status is one of " + Arrays.toString(BatchStatus.values())));
  }

  private static Instant time(String name, String text) {
    try {
      if (text == null) {
        return null;
      }
      OffsetDateTime time = OffsetDateTime.parse(text);
      if (time.getYear() >= 1 && time.getYear() <= 9999) { // RFC 3339 has no others
        return time.toInstant();
      }
    } catch (DateTimeException e) {
      // told below
    }
    throw ProblemType.INVALID_PARAMETER.because(
        name + " must be a time as RFC 3339 has it, such as 2026-11-22T00:00:00Z");
  }
}
