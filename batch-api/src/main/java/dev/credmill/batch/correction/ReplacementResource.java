package dev.credmill.batch.correction;

import dev.credmill.batch.Batch;
import dev.credmill.batch.VisibleBatch;
import dev.credmill.batch.correction.ReplacementRequest.UnchangedRows;
import dev.credmill.batch.status.AcceptedBatch;
import dev.credmill.batch.status.BatchView;
import dev.credmill.batch.upload.FormParts;
import dev.credmill.batch.upload.UploadChecks;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashSet;
import java.util.List;
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

/** Credentials that were issued with something wrong, issued anew. */
@Path("/v1/batches/{id}")
@Tag(name = "Corrections")
@RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
@Produces(MediaType.APPLICATION_JSON)
public class ReplacementResource {
  private static final Set<String> PARTS =
      new LinkedHashSet<>(List.of("file", "charset", "reason", "mode", "unchangedRows"));
  static final String EXAMPLE =
      "{\"id\": \"01931f6e-9c22-7d4f-8a1b-5e6f7a8b9c0d\", \"status\": \"ISSUING\", \"replaces\": \"01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d\"}";
  private final Replacements replacements;
  private final UploadChecks checks;
  private final VisibleBatch batches;
  private final AcceptedBatch accepted;
  private final CurrentCaller caller;

  ReplacementResource(
      Replacements replacements,
      UploadChecks checks,
      VisibleBatch batches,
      AcceptedBatch accepted,
      CurrentCaller caller) {
    this.replacements = replacements;
    this.checks = checks;
    this.batches = batches;
    this.accepted = accepted;
    this.caller = caller;
  }

  /** The parts of the form, for the documentation. */
  @Schema(
      name = "ReplacementUpload",
      requiredProperties = {"file"})
  static final class Form {
    @Schema(
        type = SchemaType.STRING,
        format = "binary",
        description =
            "The batch's report with cells corrected, whole or some rows of it, or any columns of the batch with Row or Reference; as XLSX or CSV")
    public String file;

    @Schema(description = "Of a CSV file: utf-8, utf-16 or windows-1252")
    public String charset;

    @Schema(description = "For whoever looks later; not shown in public")
    public String reason;

    @Schema(
        description = "REVIEW waits for POST .../issue, ISSUE goes on by itself",
        enumeration = {"REVIEW", "ISSUE"},
        defaultValue = "ISSUE")
    public String mode;

    @Schema(
        description = "Whether rows that say what they said before are issued anew, too",
        enumeration = {"skip", "replace"},
        defaultValue = "skip")
    public String unchangedRows;
  }

  @POST
  @Path("/replacements")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Blocking
  @Operation(
      operationId = "replaceCredentials",
      summary = "Replace issued credentials by corrected ones",
      description =
          "The corrected rows become a batch of their own, each with the number of the row that it replaces. When one is issued, the old credential is revoked and its page links to the new one. All of the sheet is taken or, with a problem, none of it. curl -H 'X-API-Key: ...' -F file=@report.csv http://localhost:8080/v1/batches/{id}/replacements")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.MULTIPART_FORM_DATA,
              schema = @Schema(implementation = Form.class)))
  @APIResponse(
      responseCode = "202",
      description = "The batch of the new credentials; Location names it",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = BatchView.class),
              examples = @ExampleObject(name = "accepted", value = EXAMPLE)))
  @APIResponse(responseCode = "404", description = "No such batch of yours")
  @APIResponse(
      responseCode = "409",
      description = "A row is not issued, or is replaced by another batch already")
  @APIResponse(
      responseCode = "422",
      description = "The sheet does not fit the batch, or a row of it is invalid; see errors")
  public Uni<Response> replaceRows(
      @Parameter(description = "The batch", example = "01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d")
          @RestPath
          String id,
      MultipartFormDataInput form) {
    Caller who = caller.get();
    Batch batch = batches.get(id);
    FormParts parts = new FormParts(form);
    parts.mustBeAmong(PARTS, "a replacement");
    ReplacementRequest request =
        new ReplacementRequest(
            parts.one("reason"),
            parts.choice("mode", Batch.Mode.class, Batch.Mode.ISSUE),
            parts.choice("unchangedRows", UnchangedRows.class, UnchangedRows.skip));
    Replacements.Upload upload =
        new Replacements.Upload(parts.file(), parts.fileName(), parts.one("charset"));
    return checks.run(
        parts.file(),
        () -> accepted.response(who, replacements.apply(batch, who, upload, request)));
  }
}
