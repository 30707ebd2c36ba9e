package dev.credmill.batch.correction;

import dev.credmill.batch.Batch;
import dev.credmill.batch.VisibleBatch;
import dev.credmill.batch.row.RowView;
import dev.credmill.batch.row.Rows;
import dev.credmill.batch.upload.FormParts;
import dev.credmill.batch.upload.UploadChecks;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemType;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** Rows put right, into the same batch. What is queued or issued never changes. */
@Path("/v1/batches/{id}")
@Tag(name = "Corrections")
@RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
public class CorrectionResource {
  private static final String ID = "01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d";
  private static final Set<String> PARTS = new LinkedHashSet<>(List.of("file", "charset"));
  private final Corrections corrections;
  private final UploadChecks checks;
  private final VisibleBatch batches;
  private final Rows rows;
  private final CurrentCaller caller;

  CorrectionResource(
      Corrections corrections,
      UploadChecks checks,
      VisibleBatch batches,
      Rows rows,
      CurrentCaller caller) {
    this.corrections = corrections;
    this.checks = checks;
    this.batches = batches;
    this.rows = rows;
    this.caller = caller;
  }

  /** The parts of the form, for the documentation. */
  @Schema(
      name = "CorrectionUpload",
      requiredProperties = {"file"})
  static final class Form {
    @Schema(
        type = SchemaType.STRING,
        format = "binary",
        description =
            "Only the corrected rows, as XLSX or CSV: the error file as it was downloaded, or any columns of the batch with Reference")
    public String file;

    @Schema(description = "Of a CSV file: utf-8, utf-16 or windows-1252")
    public String charset;
  }

  @POST
  @Path("/corrections")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Produces(MediaType.APPLICATION_JSON)
  @Blocking
  @Operation(
      operationId = "correctRows",
      summary = "Upload corrected rows",
      description =
          "Each row says by the column Row of the error file, or by Reference, which row of the batch it corrects; columns that are not there stay as they are. All of the sheet is taken or, with a problem, none of it. In a batch that was started, or uploaded with mode=ISSUE, what is right goes out at once. curl -H 'X-API-Key: ...' -F file=@errors.csv http://localhost:8080/v1/batches/{id}/corrections")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.MULTIPART_FORM_DATA,
              schema = @Schema(implementation = Form.class)))
  @APIResponse(
      responseCode = "200",
      description = "What the corrections have done",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = CorrectionResult.class),
              examples =
                  @ExampleObject(
                      name = "two rows",
                      value =
                          "{\"corrected\": 2, \"invalid\": 0, \"skipped\": 0, \"untouchedRows\": 0, \"untouched\": []}")))
  @APIResponse(responseCode = "404", description = "No such batch of yours")
  @APIResponse(responseCode = "409", description = "Not possible in the present state")
  @APIResponse(responseCode = "422", description = "The sheet does not fit the batch")
  public Uni<CorrectionResult> upload(
      @Parameter(description = "The batch", example = ID) @RestPath String id,
      MultipartFormDataInput form) {
    Caller who = caller.get();
    Batch batch = batches.get(id);
    FormParts parts = new FormParts(form);
    parts.mustBeAmong(PARTS, "a correction");
    String charset = parts.one("charset");
    return checks.run(parts.file(), () -> corrections.apply(batch, who, parts.file(), charset));
  }

  /**
   * New values for cells of a row.
   *
   * @param cells by the heading of the sheet, or ours
   */
  @Schema(name = "RowCorrection")
  public record RowCorrection(
      @Schema(
              description = "New values by heading",
              examples = "{\"Email\": \"ada@example.org\"}",
              required = true)
          Map<String, String> cells) {
    public RowCorrection {
      if (cells == null || cells.isEmpty()) {
        throw ProblemType.INVALID_BODY.because(
            "Send the new values, such as {\"cells\": {\"Email\": \"ada@example.org\"}}");
      }
      CellValues.check(cells);
    }
  }

  @PATCH
  @Path("/rows/{number}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @Operation(
      operationId = "correctRow",
      summary = "Correct cells of one row",
      description = "The row is checked anew; its other cells stay as they are.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = RowCorrection.class),
              examples =
                  @ExampleObject(
                      name = "an email address",
                      value = "{\"cells\": {\"Email\": \"ada@example.org\"}}")))
  @APIResponse(
      responseCode = "200",
      description = "The row",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = RowView.class),
              examples =
                  @ExampleObject(
                      name = "corrected",
                      value =
                          "{\"number\": 3, \"definitionId\": \"diploma\", \"issue\": \"READY\"}")))
  @APIResponse(responseCode = "400", description = "No such column, or no cells")
  @APIResponse(responseCode = "404", description = "No such row of yours")
  @APIResponse(responseCode = "409", description = "The row is queued, issued or cancelled")
  public RowView correct(
      @Parameter(description = "The batch", example = ID) @RestPath String id,
      @Parameter(description = "The spreadsheet's row number", example = "3") @RestPath
          String number,
      RowCorrection correction) {
    if (correction == null) {
      throw ProblemType.INVALID_BODY.because(
          "Send the new values, such as {\"cells\": {\"Email\": \"ada@example.org\"}}");
    }
    Batch batch = batches.get(id);
    int row = Rows.number(number);
    corrections.apply(batch, caller.get(), row, correction.cells());
    return rows.get(batches.get(id), row);
  }

  @DELETE
  @Path("/rows/{number}")
  @RunOnVirtualThread
  @Operation(
      operationId = "dropRow",
      summary = "Take a row out of its batch",
      description = "It becomes CANCELLED for good. Repeating the call changes nothing.")
  @APIResponse(responseCode = "204", description = "The row is out")
  @APIResponse(responseCode = "404", description = "No such row of yours")
  @APIResponse(
      responseCode = "409",
      description = "The row is queued or issued",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples =
                  @ExampleObject(
                      name = "issued",
                      value =
                          """
                          {"type": "urn:credmill:problem:conflict", "title": "That is not possible in the present state", "status": 409,
                           "detail": "Row 3 is ISSUED: what is queued, issued or cancelled never changes"}
                          """)))
  public void drop(
      @Parameter(description = "The batch", example = ID) @RestPath String id,
      @Parameter(description = "The spreadsheet's row number", example = "3") @RestPath
          String number) {
    corrections.drop(batches.get(id).batchId(), caller.get(), Rows.number(number));
  }
}
