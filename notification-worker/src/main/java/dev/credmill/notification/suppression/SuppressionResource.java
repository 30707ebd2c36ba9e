package dev.credmill.notification.suppression;

import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** To whom the organization sends nothing more, for its admins. */
@Path("/v1/suppressions")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.ORG_ADMIN)
@Tag(
    name = "Suppressions",
    description =
        "To whom nothing more is sent: what bounced, who complained, whom an admin entered")
class SuppressionResource {
  static final String ENTRY =
      """
      {"id": "17", "medium": "EMAIL", "contact": "ada@example.org", "reason": "BOUNCE",
       "words": "550 5.1.1 <(address)>: User unknown", "createdAt": "2026-11-23T10:00:05Z", "createdBy": null}
      """;
  private static final int MOST = 500;

  private final Suppressions suppressions;
  private final CurrentCaller caller;
  private final Clock clock;

  SuppressionResource(Suppressions suppressions, CurrentCaller caller, Clock clock) {
    this.suppressions = suppressions;
    this.caller = caller;
    this.clock = clock;
  }

  /**
   * A part of the list.
   *
   * @param next the cursor of the next part; null at the end
   */
  @Schema(name = "Suppressions")
  public record Part(List<SuppressionView> items, @Schema(nullable = true) String next) {}

  /** Whom to write to no more. */
  @Schema(name = "NewSuppression")
  public record New(
      @NotNull(message = "is missing") Medium medium,
      @NotNull(message = "is missing") @Schema(examples = "ada@example.org") String contact,
      @Schema(description = "For the admins' own eyes", examples = "asked us to stop")
          @Size(max = 400, message = "has 400 characters at most")
          String words) {}

  @GET
  @RunOnVirtualThread
  @Operation(
      operationId = "listSuppressions",
      summary = "List to whom nothing more is sent",
      description = "Whoever was put there by hand, by a file, or since a message came back.")
  @APIResponse(
      responseCode = "200",
      description = "The newest first",
      content =
          @Content(
              schema = @Schema(implementation = Part.class),
              examples =
                  @ExampleObject(
                      name = "one",
                      value = "{\"items\": [" + ENTRY + "], \"next\": null}")))
  public Part list(
      @Parameter(description = "Only this one", example = "ada@example.org") @RestQuery
          String contact,
      @Parameter(description = "How many at once, 500 at most") @RestQuery @DefaultValue("50")
          int limit,
      @Parameter(description = "`next` of the part before") @RestQuery String cursor)
      throws SQLException {
    if (limit < 1 || limit > MOST) {
      throw ProblemType.INVALID_PARAMETER.because("limit goes from 1 to %d".formatted(MOST));
    }
    mustBeText(contact);
    long before = cursor == null ? Long.MAX_VALUE : number(cursor, SuppressionResource::badCursor);
    List<Suppressions.Entry> entries =
        suppressions.read(caller.organization(), before, contact, limit + 1);
    boolean isMore = entries.size() > limit;
    List<Suppressions.Entry> shown = isMore ? entries.subList(0, limit) : entries;
    return new Part(
        shown.stream().map(SuppressionView::of).toList(),
        isMore ? Long.toString(shown.getLast().number()) : null);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @Operation(
      operationId = "suppress",
      summary = "Send somebody nothing more",
      description = "Repeating it changes nothing.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = New.class),
              examples =
                  @ExampleObject(
                      name = "somebody who asked",
                      value =
                          "{\"medium\": \"EMAIL\", \"contact\": \"ada@example.org\", \"words\": \"asked us to stop\"}")))
  @APIResponse(
      responseCode = "201",
      description = "Added",
      content =
          @Content(
              schema = @Schema(implementation = SuppressionView.class),
              examples = @ExampleObject(name = "bounced", value = ENTRY)))
  @APIResponse(
      responseCode = "200",
      description = "Was there already",
      content = @Content(schema = @Schema(implementation = SuppressionView.class)))
  @APIResponse(responseCode = "400", description = "No contact of that medium")
  public RestResponse<SuppressionView> add(@NotNull(message = "is missing") @Valid New entry)
      throws SQLException {
    String contact = entry.contact().strip();
    mustBeText(entry.words());
    if (!Contacts.isPossible(entry.medium(), contact)) {
      throw ProblemType.INVALID_BODY.because(Contacts.advice(entry.medium()));
    }
    int added =
        suppressions.add(
            caller.organization(),
            List.of(
                new Suppression(
                    entry.medium(),
                    contact,
                    Suppression.Reason.MANUAL,
                    entry.words(),
                    clock.instant(),
                    caller.get().keyId())));
    SuppressionView view =
        suppressions
            .find(caller.organization(), entry.medium(), contact)
            .map(SuppressionView::of)
            .orElseThrow(
                () -> ProblemType.CONFLICT.because("Somebody has just removed it; add it again"));
    return RestResponse.status(
        added == 1 ? RestResponse.Status.CREATED : RestResponse.Status.OK, view);
  }

  @DELETE
  @Path("/{id}")
  @RunOnVirtualThread
  @Operation(
      operationId = "unsuppress",
      summary = "Send to somebody again",
      description =
          "What was SUPPRESSED meanwhile stays so until it is sent again: POST /v1/batches/{id}/rows/{number}/resend.")
  @APIResponse(responseCode = "204", description = "Removed")
  @APIResponse(
      responseCode = "404",
      description = "No such entry of yours",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples =
                  @ExampleObject(
                      name = "gone",
                      value =
                          """
                          {"type": "urn:credmill:problem:not-found", "title": "There is nothing here for you", "status": 404,
                           "detail": "There is no entry of that id; GET /v1/suppressions lists yours"}
                          """)))
  public void remove(@Parameter(description = "The entry", example = "17") @RestPath String id)
      throws SQLException {
    if (!suppressions.remove(caller.organization(), number(id, SuppressionResource::notFound))) {
      throw notFound();
    }
  }

  private static long number(String text, java.util.function.Supplier<ProblemException> otherwise) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw otherwise.get();
    }
  }

  private static void mustBeText(String text) {
    if (text != null && text.indexOf('\0') >= 0) {
      throw ProblemType.INVALID_PARAMETER.because("There is a NUL character in it; remove it");
    }
  }

  private static ProblemException badCursor() {
    return ProblemType.INVALID_PARAMETER.because("cursor is no `next` of this list");
  }

  private static ProblemException notFound() {
    return ProblemType.NOT_FOUND.because(
        "There is no entry of that id; GET /v1/suppressions lists yours");
  }
}
