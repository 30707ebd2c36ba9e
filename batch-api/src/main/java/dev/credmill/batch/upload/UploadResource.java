package dev.credmill.batch.upload;

import dev.credmill.batch.status.BatchOverview;
import dev.credmill.batch.status.BatchView;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.problem.ProblemType;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
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
  private final BatchOverview overview;
  private final CurrentCaller caller;

  UploadResource(Uploads uploads, BatchOverview overview, CurrentCaller caller) {
    this.uploads = uploads;
    this.overview = overview;
    this.caller = caller;
  }

  /** The parts of an upload, for the documentation. */
  @Schema(
      name = "Upload",
      requiredProperties = {"file", "definitionId"})
  public static class Form {
    @Schema(
        type = SchemaType.STRING,
        format = "binary",
        description = "The sheet as CSV UTF-8 with a header row")
    public String file;

    @Schema(description = "What is to be issued", examples = "diploma")
    public String definitionId;

    @Schema(
        description = "How recipients are told, EMAIL or SMS, repeatable; none means no messages",
        examples = "EMAIL")
    public List<String> medium;

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
  @APIResponse(responseCode = "415", description = "The file is no CSV")
  @APIResponse(
      responseCode = "422",
      description = "The header, the definition or the media do not fit")
  public Response upload(
      MultipartFormDataInput form,
      @Parameter(
              description =
                  "Makes a repetition safe: the same key with the same request gives the same batch",
              example = "6f9b7c1e-summer-2026")
          @HeaderParam("Idempotency-Key")
          String idempotencyKey)
      throws IOException {
    if (idempotencyKey != null && !KEY.matcher(idempotencyKey).matches()) {
      throw ProblemType.INVALID_PARAMETER.because(
          "An Idempotency-Key has 1 to 255 visible ASCII characters");
    }
    Caller who = caller.get();
    BatchId id = uploads.accept(UploadRequest.of(form.getValues()), who, idempotencyKey);
    return Response.accepted(overview.find(who, id).orElseThrow())
        .location(URI.create("/v1/batches/" + id))
        .header("Retry-After", 1)
        .build();
  }
}
