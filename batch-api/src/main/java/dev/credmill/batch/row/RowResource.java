package dev.credmill.batch.row;

import dev.credmill.batch.Batch;
import dev.credmill.batch.Page;
import dev.credmill.batch.VisibleBatch;
import dev.credmill.batch.duplicate.Duplicate;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.problem.ProblemType;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The rows of a batch, and what is wrong with them. */
@Path("/v1/batches/{id}")
@Tag(name = "Rows")
@RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
@RunOnVirtualThread
public class RowResource {
  private final VisibleBatch batches;
  private final RowTable rows;
  private final Rows single;

  RowResource(VisibleBatch batches, RowTable rows, Rows single) {
    this.batches = batches;
    this.rows = rows;
    this.single = single;
  }

  @GET
  @Path("/rows")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "listRows",
      summary = "The rows of a batch",
      description = "In the order of the sheet, filtered by state.")
  @APIResponse(
      responseCode = "200",
      description = "A part of the list",
      content =
          @Content(
              mediaType = "application/json",
              examples =
                  @ExampleObject(
                      name = "one issued row",
                      value =
                          """
                          {"items": [{"number": 2, "definitionId": "diploma",
                            "recipient": {"firstName": "Ada", "lastName": "Example", "email": "ada@example.org"},
                            "issue": "ISSUED", "delivery": {"EMAIL": "SENT", "SMS": "NOT_REQUESTED"},
                            "claim": "NONE", "validity": "ACTIVE"}], "next": null}
                          """)))
  @APIResponse(responseCode = "404", description = "No such batch of yours")
  public Page<RowView> list(
      @Parameter(description = "The batch", example = "01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d")
          @RestPath
          String id,
      @Parameter(description = "Only rows in this state of issuance", example = "FAILED")
          @QueryParam("issue")
          String issue,
      @Parameter(description = "Only rows with a message in this state", example = "SENT")
          @QueryParam("delivery")
          String delivery,
      @Parameter(description = "Only rows whose credential is in this state", example = "ACTIVE")
          @QueryParam("validity")
          String validity,
      @Parameter(description = "Only rows that repeat another like this", example = "ISSUED")
          @QueryParam("duplicate")
          String duplicate,
      @Parameter(description = "Part of a reference, name, contact or credential id")
          @QueryParam("q")
          @Size(max = 200)
          String q,
      @Parameter(description = "How many at most", example = "50")
          @QueryParam("limit")
          @DefaultValue(Page.DEFAULT_LIMIT)
          @Min(value = 1, message = "must be 1 to 500")
          @Max(value = Page.MOST, message = "must be 1 to 500")
          int limit,
      @Parameter(description = "The next of the part before") @QueryParam("cursor") String cursor) {
    Batch batch = batches.get(id);
    RowTable.Filter filter =
        new RowTable.Filter(
            one("issue", IssueStatus.class, issue),
            delivery == null ? Set.of() : Set.of(one("delivery", DeliveryStatus.class, delivery)),
            one("validity", RowView.ValidityStatus.class, validity),
            one("duplicate", Duplicate.Kind.class, duplicate),
            q,
            null);
    List<RowView> found =
        rows
            .read(
                batch,
                single.publicUrl(batch),
                filter,
                cursor == null ? 1 : Rows.number(cursor),
                limit + 1,
                false)
            .stream()
            .map(RowTable.Reported::view)
            .toList();
    return Page.of(found, limit, row -> Integer.toString(row.number()));
  }

  @GET
  @Path("/rows/{number}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "getRow",
      summary = "One row",
      description = "With its timeline: what happened to it and when.")
  @APIResponse(
      responseCode = "200",
      description = "The row",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = RowView.class),
              examples =
                  @ExampleObject(
                      name = "issued",
                      value =
                          """
                          {"number": 2, "definitionId": "diploma",
                           "recipient": {"firstName": "Ada", "lastName": "Example", "email": "ada@example.org"},
                           "issue": "ISSUED", "delivery": {"EMAIL": "BOUNCED", "SMS": "NOT_REQUESTED"},
                           "claim": "NONE", "validity": "ACTIVE",
                           "problem": {"type": "urn:credmill:problem:message-not-delivered",
                             "title": "The message was not taken", "status": 422,
                             "detail": "550 5.1.1 <(address)>: User unknown"},
                           "deliveryProblems": {"EMAIL": {"type": "urn:credmill:problem:message-not-delivered",
                             "title": "The message was not taken", "status": 422,
                             "detail": "550 5.1.1 <(address)>: User unknown"}},
                           "timeline": [{"at": "2026-11-22T10:00:00Z", "event": "UPLOADED"}]}
                          """)))
  @APIResponse(responseCode = "404", description = "No such row of yours")
  public RowView get(
      @Parameter(description = "The batch", example = "01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d")
          @RestPath
          String id,
      @Parameter(description = "The spreadsheet's row number", example = "2") @RestPath
          String number) {
    Batch batch = batches.get(id);
    return single.get(batch, Rows.number(number));
  }

  @GET
  @Path("/errors")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "listErrors",
      summary = "Everything that is wrong with the rows",
      description = "Every error of every row, in the order of the sheet.")
  @APIResponse(
      responseCode = "200",
      description = "A part of the list",
      content =
          @Content(
              mediaType = "application/json",
              examples =
                  @ExampleObject(
                      name = "one error",
                      value =
                          """
                          {"items": [{"row": 3, "column": "Email", "code": "email",
                            "message": "Write an email address, such as name@example.org"}], "next": null}
                          """)))
  @APIResponse(responseCode = "404", description = "No such batch of yours")
  public Page<RowErrorView> errors(
      @Parameter(description = "The batch", example = "01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d")
          @RestPath
          String id,
      @Parameter(description = "How many at most", example = "50")
          @QueryParam("limit")
          @DefaultValue(Page.DEFAULT_LIMIT)
          @Min(value = 1, message = "must be 1 to 500")
          @Max(value = Page.MOST, message = "must be 1 to 500")
          int limit,
      @Parameter(description = "The next of the part before") @QueryParam("cursor") String cursor) {
    Batch batch = batches.get(id);
    String[] place = cursor == null ? new String[] {"1", "0"} : cursor.split("-", 2);
    Page<RowTable.ErrorLine> page =
        Page.of(
            rows.errors(
                batch.batchId(),
                Rows.number(place[0]),
                Rows.number(place.length == 2 ? place[1] : ""),
                limit + 1),
            limit,
            error -> error.row() + "-" + error.ordinal());
    return new Page<>(page.items().stream().map(RowErrorView::of).toList(), page.next());
  }

  /** One error of one row. */
  @Schema(name = "RowError")
  public record RowErrorView(
      @Schema(description = "The spreadsheet's row number", examples = "3") int row,
      @Schema(examples = "Email") String column,
      @Schema(description = "The kind, for programs", examples = "email") String code,
      @Schema(description = "What to do") String message) {
    static RowErrorView of(RowTable.ErrorLine error) {
      return new RowErrorView(error.row(), error.column(), error.code(), error.message());
    }
  }

  private static <E extends Enum<E>> E one(String name, Class<E> type, String text) {
    if (text == null) {
      return null;
    }
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemType.INVALID_PARAMETER.because(
                    name + " is one of " + Arrays.toString(type.getEnumConstants())));
  }
}
