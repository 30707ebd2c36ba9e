package dev.credmill.batch.upload;

import dev.credmill.batch.status.AcceptedBatch;
import dev.credmill.batch.status.BatchView;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.problem.ProblemType;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/** Where sheets come in. */
@Path("/v1/batches")
@Tag(name = "Batches")
@RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
public class UploadResource {
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");
  private final Uploads uploads;
  private final UploadChecks checks;
  private final AcceptedBatch accepted;
  private final CurrentCaller caller;

  UploadResource(
      Uploads uploads, UploadChecks checks, AcceptedBatch accepted, CurrentCaller caller) {
    this.uploads = uploads;
    this.checks = checks;
    this.accepted = accepted;
    this.caller = caller;
  }

  /** The parts of an upload, for the documentation. */
  @Schema(
      name = "Upload",
      requiredProperties = {"file"})
  public static class Form {
    @Schema(
        type = SchemaType.STRING,
        format = "binary",
        description = "The sheet with a header row, as XLSX or CSV")
    public String file;

    @Schema(
        description = "What is to be issued; absent when the sheet says it in a column ID",
        examples = "diploma")
    public String definitionId;

    @Schema(
        description = "How recipients are told, EMAIL or SMS, repeatable; none means no messages",
        examples = "EMAIL")
    public List<String> medium;

    @Schema(
        description =
            "Whether claiming into a wallet asks for a code of six digits. It goes by SMS, the claim link by EMAIL, so both media are needed",
        defaultValue = "false",
        examples = "true")
    public Boolean claimCode;

    @Schema(
        description =
            "SMS writes by SMS to recipients whom no email reaches (FAILED, BOUNCED or SUPPRESSED) and whose row has a phone number; with the one medium EMAIL",
        enumeration = {"SMS"},
        examples = "SMS")
    public String fallback;

    @Schema(description = "In place of the definition's certificate template")
    public String certificateTemplateId;

    @Schema(description = "A name to find the batch by", examples = "summer 2026")
    public String label;

    @Schema(
        description = "REVIEW waits for POST .../issue, ISSUE goes on by itself",
        enumeration = {"REVIEW", "ISSUE"},
        defaultValue = "REVIEW")
    public String mode;

    @Schema(
        description = "Whether invalid rows stop the valid ones",
        enumeration = {"stop", "skip"},
        defaultValue = "stop")
    public String onInvalidRows;

    @Schema(
        description =
            "What becomes of rows whose Reference, or whose recipient, definition and claims, are those of a row further up or of one issued before: warn reports them, skip leaves them out, refuse makes them invalid",
        enumeration = {"warn", "skip", "refuse"},
        defaultValue = "warn")
    public String onDuplicate;

    @Schema(
        description =
            "A JSON object from headings of the sheet to ours; null leaves a column alone. POST /v1/sheets/inspect suggests one",
        examples = "{\"Vorname\": \"First Name\", \"Internal\": null}")
    public String mapping;

    @Schema(
        description =
            "Of a CSV file: utf-8, utf-16 or windows-1252. Only needed where the bytes do not tell, that is, for windows-1252",
        examples = "windows-1252")
    public String charset;
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Produces(MediaType.APPLICATION_JSON)
  @Blocking
  @Operation(
      operationId = "uploadBatch",
      summary = "Upload a sheet",
      description =
          "One recipient per row. What can be told of the file at once is told at once; the rows are validated afterwards. curl -H 'X-API-Key: ...' -F file=@diplomas.csv -F definitionId=diploma -F medium=EMAIL -F mode=ISSUE http://localhost:8080/v1/batches")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.MULTIPART_FORM_DATA,
              schema = @Schema(implementation = Form.class)))
  @APIResponse(
      responseCode = "202",
      description = "Stored, and validated from now on; Location names the batch",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = BatchView.class),
              examples =
                  @ExampleObject(
                      name = "accepted",
                      value =
                          "{\"id\": \"01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d\", \"status\": \"VALIDATING\", \"fileName\": \"diplomas.csv\"}")))
  @APIResponse(
      responseCode = "400",
      description = "A part is missing or has a value that is not taken")
  @APIResponse(responseCode = "409", description = "The Idempotency-Key belongs to another request")
  @APIResponse(responseCode = "413", description = "The file is too large")
  @APIResponse(responseCode = "415", description = "The file is neither XLSX nor CSV")
  @APIResponse(
      responseCode = "422",
      description = "The header, the definition or the media do not fit")
  public Uni<Response> upload(
      MultipartFormDataInput form,
      @Parameter(
              description =
                  "Makes a repetition safe: the same key with the same request gives the same batch",
              example = "6f9b7c1e-summer-2026")
          @HeaderParam("Idempotency-Key")
          String idempotencyKey) {
    if (idempotencyKey != null && !KEY.matcher(idempotencyKey).matches()) {
      throw ProblemType.INVALID_PARAMETER.because(
          "An Idempotency-Key has 1 to 255 visible ASCII characters");
    }
    Caller who = caller.get();
    FormParts parts = new FormParts(form);
    UploadRequest request = UploadRequest.of(parts);
    return checks.run(
        request.file(), () -> accepted.response(who, uploads.accept(request, who, idempotencyKey)));
  }
}
