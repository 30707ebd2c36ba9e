package dev.credmill.batch.revocation;

import dev.credmill.batch.BatchConfig;
import dev.credmill.batch.Page;
import dev.credmill.batch.sheet.Sheet;
import dev.credmill.batch.upload.FirstLook;
import dev.credmill.batch.upload.FormParts;
import dev.credmill.batch.upload.UploadChecks;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.event.StatusAction;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
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
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/** Changes of status: of credentials from a list, a sheet or a filter, and what became of them. */
@Path("/v1/revocations")
@Tag(name = "Revocations", description = "Revoke, suspend and reinstate issued credentials")
@RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
@Produces(MediaType.APPLICATION_JSON)
public class RevocationResource {
  static final String EXAMPLE =
      """
      {"id": "01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d", "action": "REVOKE", "reason": "Awarded by mistake",
       "counts": {"PENDING": 0, "DONE": 1, "UNCHANGED": 0, "NOT_POSSIBLE": 0, "NOT_ISSUED": 0, "REPEATED": 0,
                  "AMBIGUOUS": 0, "UNKNOWN": 0}, "total": 1}
      """;
  static final String PREVIEW =
      "With preview=true nothing is changed: the counts tell what would become of the credentials.";
  private static final String ID = "01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d";
  private static final Set<String> PARTS =
      new LinkedHashSet<>(
          List.of("file", "charset", "action", "reason", "notifyRecipients", "preview"));
  private final StatusChanges changes;
  private final UploadChecks checks;
  private final CurrentCaller caller;
  private final BatchConfig config;

  RevocationResource(
      StatusChanges changes, UploadChecks checks, CurrentCaller caller, BatchConfig config) {
    this.changes = changes;
    this.checks = checks;
    this.caller = caller;
    this.config = config;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @Operation(
      operationId = "changeStatuses",
      summary = "Revoke, suspend or reinstate credentials",
      description =
          "Those listed by id, Cred_URL or reference, as JSON or in a sheet, or all that a filter fits. Published within seconds; watch it under Location. curl -H 'X-API-Key: ...' -F file=@report.csv -F action=SUSPEND http://localhost:8080/v1/revocations. "
              + PREVIEW)
  @RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = "application/json",
            schema = @Schema(implementation = ListedChange.class),
            examples =
                @ExampleObject(
                    name = "one credential",
                    value =
                        "{\"action\": \"REVOKE\", \"reason\": \"Awarded by mistake\", \"credentials\": [\"urn:uuid:4f3c2b1a-9d8e-8c7b-a6f5-e4d3c2b1a098\"]}")),
        @Content(
            mediaType = MediaType.MULTIPART_FORM_DATA,
            schema = @Schema(implementation = Form.class))
      })
  @APIResponse(
      responseCode = "202",
      description = "The change",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = StatusChangeView.class),
              examples = @ExampleObject(name = "begun", value = EXAMPLE)))
  @APIResponse(responseCode = "400", description = "It does not say which credentials are meant")
  public Response list(
      @Parameter(description = "Only tell what would become of them", example = "true")
          @QueryParam("preview")
          boolean preview,
      ListedChange change) {
    if (change == null) {
      throw ProblemType.INVALID_BODY.because(
          "Send what is to be done with which credentials, such as {\"action\": \"REVOKE\", \"credentials\": [\"urn:uuid:...\"]}");
    }
    StatusChanges.Wish wish =
        new StatusChanges.Wish(
            change.action(), change.reason(), change.notifyRecipients(), change.selection());
    return answer(caller.get(), wish, preview);
  }

  /** The parts of the form, for the documentation. */
  @Schema(
      name = "StatusChangeUpload",
      requiredProperties = {"file"})
  static final class Form {
    @Schema(
        type = SchemaType.STRING,
        format = "binary",
        description =
            "CSV or XLSX with a column Credential ID, Cred_URL or Reference; a batch's report is one")
    public String file;

    @Schema(description = "Of a CSV file: utf-8, utf-16 or windows-1252")
    public String charset;

    @Schema(description = "REVOKE (default), SUSPEND or REINSTATE")
    public String action;

    @Schema(description = "For whoever looks later")
    public String reason;

    @Schema(description = "true: the recipients are told, by the media of their batch")
    public String notifyRecipients;

    @Schema(description = "true: only tell what would become of them")
    public String preview;
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Blocking
  @Operation(hidden = true)
  public Uni<Response> sheet(MultipartFormDataInput form) {
    Caller who = caller.get();
    FormParts parts = new FormParts(form);
    parts.mustBeAmong(PARTS, "a change of status");
    StatusAction action = action(parts.one("action"));
    String reason = parts.one("reason");
    ChangeRequest.mustBeReason(reason);
    boolean notifyRecipients = parts.flag("notifyRecipients");
    boolean preview = parts.flag("preview");
    String charset = parts.one("charset");
    return checks.run(
        parts.file(),
        () -> {
          List<String> names = names(parts.file(), charset);
          StatusChanges.Wish wish =
              new StatusChanges.Wish(action, reason, notifyRecipients, new Selection.Named(names));
          return answer(who, wish, preview);
        });
  }

  private List<String> names(java.nio.file.Path file, String charset) throws IOException {
    FirstLook look = FirstLook.at(file, charset, config, 1);
    NamesSheet content = new NamesSheet(look.header(), ListedChange.MOST);
    try (Sheet sheet = FirstLook.open(file, look.format(), config)) {
      sheet.read(content);
    }
    return content.names();
  }

  private static StatusAction action(String text) {
    if (text == null) {
      return StatusAction.REVOKE;
    }
    try {
      return StatusAction.valueOf(text);
    } catch (IllegalArgumentException e) {
      throw ProblemType.INVALID_PARAMETER.because("action is REVOKE, SUSPEND or REINSTATE");
    }
  }

  private Response answer(Caller who, StatusChanges.Wish wish, boolean preview) {
    if (preview) {
      return Response.ok(changes.preview(who, wish)).build();
    }
    StatusChangeView view = changes.begin(who, wish);
    return Response.accepted(view).header("Location", "/v1/revocations/" + view.id()).build();
  }

  @GET
  @RunOnVirtualThread
  @Operation(
      operationId = "listStatusChanges",
      summary = "Your changes of status",
      description = "The newest first.")
  @APIResponse(
      responseCode = "200",
      description = "A part of the list",
      content =
          @Content(
              mediaType = "application/json",
              examples = @ExampleObject(name = "none", value = "{\"items\": [], \"next\": null}")))
  public Page<StatusChangeView> changes(
      @Parameter(description = "How many at most", example = "50")
          @QueryParam("limit")
          @DefaultValue(Page.DEFAULT_LIMIT)
          @Min(value = 1, message = "must be 1 to 500")
          @Max(value = Page.MOST, message = "must be 1 to 500")
          int limit,
      @Parameter(description = "The next of the part before") @QueryParam("cursor") String cursor) {
    Page<StatusChange> page =
        Page.of(
            changes.list(caller.get(), number(cursor, Long.MAX_VALUE), limit + 1),
            limit,
            change -> Long.toString(change.number()));
    return new Page<>(
        page.items().stream()
            .map(change -> StatusChangeView.of(change, changes.counts(change)))
            .toList(),
        page.next());
  }

  @GET
  @Path("/{id}")
  @RunOnVirtualThread
  @Operation(
      operationId = "getStatusChange",
      summary = "How far a change of status is",
      description = "DONE means changed and published. With wait it answers when all is done.")
  @APIResponse(
      responseCode = "200",
      description = "The change",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = StatusChangeView.class),
              examples = @ExampleObject(name = "done", value = EXAMPLE)))
  @APIResponse(responseCode = "404", description = "No such change of yours")
  public StatusChangeView get(
      @Parameter(description = "The change", example = ID) @RestPath String id,
      @Parameter(description = "Seconds to wait for the end, 60 at most", example = "10")
          @QueryParam("wait")
          @DefaultValue("0")
          @Min(value = 0, message = "must be 0 to 60")
          @Max(value = 60, message = "must be 0 to 60")
          int wait) {
    return changes
        .await(caller.get(), uuid(id), Duration.ofSeconds(wait))
        .orElseThrow(RevocationResource::notFound);
  }

  @GET
  @Path("/{id}/rows")
  @RunOnVirtualThread
  @Operation(
      operationId = "listChangedCredentials",
      summary = "What became of each credential of a change",
      description = "In the order in which they were named.")
  @APIResponse(
      responseCode = "200",
      description = "A part of the list",
      content =
          @Content(
              mediaType = "application/json",
              examples =
                  @ExampleObject(
                      name = "one",
                      value =
                          "{\"items\": [{\"line\": 1, \"name\": \"A-17\", \"row\": 2, \"outcome\": \"DONE\"}], \"next\": null}")))
  @APIResponse(responseCode = "404", description = "No such change of yours")
  public Page<StatusChangeView.Counted> rows(
      @Parameter(description = "The change", example = ID) @RestPath String id,
      @Parameter(description = "Only those with this outcome", example = "UNKNOWN")
          @QueryParam("outcome")
          String outcome,
      @Parameter(description = "How many at most", example = "50")
          @QueryParam("limit")
          @DefaultValue(Page.DEFAULT_LIMIT)
          @Min(value = 1, message = "must be 1 to 500")
          @Max(value = Page.MOST, message = "must be 1 to 500")
          int limit,
      @Parameter(description = "The next of the part before") @QueryParam("cursor") String cursor) {
    StatusChange change = changes.get(caller.get(), uuid(id));
    return Page.of(
        changes.lines(change, outcome(outcome), Math.toIntExact(number(cursor, 0)), limit + 1),
        limit,
        line -> Integer.toString(line.line()));
  }

  private static ChangeOutcome outcome(String text) {
    try {
      return text == null ? null : ChangeOutcome.valueOf(text);
    } catch (IllegalArgumentException e) {
      throw ProblemType.INVALID_PARAMETER.because(
          "outcome is one of " + List.of(ChangeOutcome.values()));
    }
  }

  private static long number(String cursor, long otherwise) {
    try {
      return cursor == null ? otherwise : Integer.parseInt(cursor);
    } catch (NumberFormatException e) {
      throw ProblemType.INVALID_PARAMETER.because("A cursor is a next from this list");
    }
  }

  private static UUID uuid(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw notFound();
    }
  }

  private static ProblemException notFound() {
    return ProblemType.NOT_FOUND.because(
        "There is no change of that id; GET /v1/revocations lists yours");
  }
}
