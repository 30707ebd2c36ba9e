package dev.credmill.batch.relay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.batch.Batch;
import dev.credmill.batch.VisibleBatch;
import dev.credmill.batch.status.BatchOverview;
import dev.credmill.batch.status.BatchView;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.problem.ProblemType;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The commands. Each answers the batch as it is then, and may be sent again without harm. */
@Path("/v1/batches/{id}")
@Tag(name = "Commands")
@RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class CommandResource {
  private static final String ID = "01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d";
  private static final String EXAMPLE =
      "{\"id\": \"01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d\", \"status\": \"ISSUING\"}";
  private final Commands commands;
  private final BatchOverview overview;
  private final CurrentCaller caller;
  private final ObjectMapper json;

  CommandResource(
      Commands commands, BatchOverview overview, CurrentCaller caller, ObjectMapper json) {
    this.commands = commands;
    this.overview = overview;
    this.caller = caller;
    this.json = json;
  }

  /**
   * What to start.
   *
   * @param rows only these row numbers; absent for all
   * @param onInvalidRows replaces what the upload said
   */
  @Schema(name = "IssueOptions")
  public record Options(
      @Schema(
              description = "Only these row numbers; absent for all that are READY",
              examples = "[2, 3]")
          List<Integer> rows,
      @Schema(description = "Replaces what the upload said", examples = "skip")
          Batch.OnInvalidRows onInvalidRows) {
    private static final int MOST_ROWS = 10_000;

    public Options {
      if (rows != null && (rows.isEmpty() || rows.size() > MOST_ROWS || rows.contains(null))) {
        throw ProblemType.INVALID_BODY.because(
            "rows names 1 to %d row numbers".formatted(MOST_ROWS));
      }
    }
  }

  @POST
  @Path("/issue")
  @Consumes(
      MediaType.WILDCARD) // the body is optional, and clients label an absent one in many ways
  @Operation(
      operationId = "issueBatch",
      summary = "Start issuing",
      description =
          "Starts what is READY: all of it, or the rows named. Starting again changes nothing.")
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Options.class),
              examples =
                  @ExampleObject(
                      name = "without the invalid rows",
                      value = "{\"onInvalidRows\": \"skip\"}")))
  @APIResponse(
      responseCode = "200",
      description = "The batch",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = BatchView.class),
              examples = @ExampleObject(name = "started", value = EXAMPLE)))
  @APIResponse(responseCode = "404", description = "No such batch of yours")
  @APIResponse(responseCode = "409", description = "Not possible in the present state")
  public BatchView issue(
      @Parameter(description = "The batch", example = ID) @RestPath String id, String body) {
    Options options = options(body);
    return command(
        id, (batch, who) -> commands.issue(batch, who, options.rows(), options.onInvalidRows()));
  }

  private Options options(String body) {
    if (body == null || body.isBlank()) {
      return new Options(null, null);
    }
    try {
      Options options = json.readValue(body, Options.class);
      return options == null ? new Options(null, null) : options;
    } catch (JsonProcessingException e) {
      throw ProblemType.INVALID_BODY.because(
          "The body is optional; where there is one it must be JSON such as {\"rows\": [2, 3], \"onInvalidRows\": \"skip\"}");
    }
  }

  @POST
  @Path("/pause")
  @Operation(
      operationId = "pauseBatch",
      summary = "Pause issuing",
      description = "Within two seconds no more rows are queued; rows already queued still end.")
  @APIResponse(
      responseCode = "200",
      description = "The batch",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = BatchView.class),
              examples = @ExampleObject(name = "paused", value = EXAMPLE)))
  @APIResponse(responseCode = "404", description = "No such batch of yours")
  @APIResponse(responseCode = "409", description = "Not possible in the present state")
  public BatchView pause(@Parameter(description = "The batch", example = ID) @RestPath String id) {
    return command(id, commands::pause);
  }

  @POST
  @Path("/resume")
  @Operation(
      operationId = "resumeBatch",
      summary = "Resume issuing",
      description = "Goes on where the pause stopped it.")
  @APIResponse(
      responseCode = "200",
      description = "The batch",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = BatchView.class),
              examples = @ExampleObject(name = "resumed", value = EXAMPLE)))
  @APIResponse(responseCode = "404", description = "No such batch of yours")
  @APIResponse(responseCode = "409", description = "Not possible in the present state")
  public BatchView resume(@Parameter(description = "The batch", example = ID) @RestPath String id) {
    return command(id, commands::resume);
  }

  @POST
  @Path("/cancel")
  @Operation(
      operationId = "cancelBatch",
      summary = "Cancel a batch",
      description =
          "For good: READY rows become CANCELLED (of very many, the last some moments after the answer), rows already queued still end.")
  @APIResponse(
      responseCode = "200",
      description = "The batch",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = BatchView.class),
              examples = @ExampleObject(name = "cancelled", value = EXAMPLE)))
  @APIResponse(responseCode = "404", description = "No such batch of yours")
  @APIResponse(responseCode = "409", description = "Not possible in the present state")
  public BatchView cancel(@Parameter(description = "The batch", example = ID) @RestPath String id) {
    return command(id, commands::cancel);
  }

  @POST
  @Path("/retry")
  @Operation(
      operationId = "retryBatch",
      summary = "Retry the FAILED rows",
      description =
          "They, and only they, go out once more as a new run. Pressing it ten times doubles nothing.")
  @APIResponse(
      responseCode = "200",
      description = "The batch",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = BatchView.class),
              examples = @ExampleObject(name = "retried", value = EXAMPLE)))
  @APIResponse(responseCode = "404", description = "No such batch of yours")
  @APIResponse(responseCode = "409", description = "Not possible in the present state")
  public BatchView retry(@Parameter(description = "The batch", example = ID) @RestPath String id) {
    return command(id, commands::retry);
  }

  private BatchView command(String id, BiConsumer<BatchId, Caller> command) {
    Caller who = caller.get();
    BatchId batch = BatchId.parse(id).orElseThrow(VisibleBatch::notFound);
    command.accept(batch, who);
    return overview.find(who, batch).orElseThrow(VisibleBatch::notFound);
  }
}
