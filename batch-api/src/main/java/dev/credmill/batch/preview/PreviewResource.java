package dev.credmill.batch.preview;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.credmill.batch.VisibleBatch;
import dev.credmill.batch.row.Rows;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.preview.MessagePreview;
import dev.credmill.contracts.problem.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Certificate and messages of a row, before anything goes out or after. */
@Path("/v1/batches/{id}")
@Tag(name = "Rows")
@RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
@RunOnVirtualThread
class PreviewResource {
  private static final String BATCH = "01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d";
  private static final String NOT_YET =
      """
      {"type": "urn:credmill:problem:conflict", "title": "That is not possible in the present state", "status": 409,
       "detail": "This row has errors, so nothing can be made of it yet: correct the row first, see GET /v1/batches/01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d/errors"}
      """;
  private static final String BUSY =
      """
      {"type": "urn:credmill:problem:unavailable", "title": "Try again in a moment", "status": 503,
       "detail": "Too much is being drawn just now; send the request again after the seconds in Retry-After"}
      """;
  private final VisibleBatch batches;
  private final Previews previews;

  PreviewResource(VisibleBatch batches, Previews previews) {
    this.batches = batches;
    this.previews = previews;
  }

  @GET
  @Path("/rows/{number}/preview.png")
  @Produces("image/png")
  @Operation(
      operationId = "previewRowPng",
      summary = "A row's certificate as PNG",
      description =
          "The certificate with the row's own values, marked as a preview; its link leads nowhere yet. Nothing is issued by it. Example: `curl -H 'X-API-Key: acme-issuer-key' -o preview.png http://localhost:8080/v1/batches/$BATCH/rows/2/preview.png`")
  @APIResponse(
      responseCode = "200",
      description = "The picture",
      content =
          @Content(
              mediaType = "image/png",
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(responseCode = "404", description = "No such row of yours")
  @APIResponse(
      responseCode = "409",
      description = "The row has errors, or its definition comes without a certificate",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "row with errors", value = NOT_YET)))
  @APIResponse(
      responseCode = "503",
      description = "Too much is being drawn just now; Retry-After says when to try again",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "busy", value = BUSY)))
  public Response png(
      @Parameter(description = "The batch", example = BATCH) @RestPath String id,
      @Parameter(description = "The spreadsheet's row number", example = "2") @RestPath
          String number) {
    int row = Rows.number(number);
    return shown(previews.png(batches.get(id), row), row, "png");
  }

  @GET
  @Path("/rows/{number}/preview.pdf")
  @Produces("application/pdf")
  @Operation(
      operationId = "previewRowPdf",
      summary = "A row's certificate as PDF",
      description =
          "As preview.png, on one page to be printed. Example: `curl -H 'X-API-Key: acme-issuer-key' -o preview.pdf http://localhost:8080/v1/batches/$BATCH/rows/2/preview.pdf`")
  @APIResponse(
      responseCode = "200",
      description = "The page",
      content =
          @Content(
              mediaType = "application/pdf",
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(responseCode = "404", description = "No such row of yours")
  @APIResponse(
      responseCode = "409",
      description = "The row has errors, or its definition comes without a certificate",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "row with errors", value = NOT_YET)))
  @APIResponse(
      responseCode = "503",
      description = "Too much is being drawn just now; Retry-After says when to try again",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "busy", value = BUSY)))
  public Response pdf(
      @Parameter(description = "The batch", example = BATCH) @RestPath String id,
      @Parameter(description = "The spreadsheet's row number", example = "2") @RestPath
          String number) {
    int row = Rows.number(number);
    return shown(previews.pdf(batches.get(id), row), row, "pdf");
  }

  @GET
  @Path("/rows/{number}/message")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "previewRowMessage",
      summary = "What a row's recipient is sent",
      description =
          "The message of each of the batch's media, word for word; its link leads nowhere yet. Nothing is sent by it. Example: `curl -H 'X-API-Key: acme-issuer-key' http://localhost:8080/v1/batches/$BATCH/rows/2/message`")
  @APIResponse(
      responseCode = "200",
      description = "The messages by medium",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Messages.class),
              examples =
                  @ExampleObject(
                      name = "email",
                      value =
                          """
                          {"EMAIL": {"to": "ada@example.org", "from": "Acme University <no-reply@example.org>",
                            "subject": "Your diploma from Acme University",
                            "text": "Hello Ada Example,\\n\\nAcme University has issued to you: Your diploma\\n...http://localhost:8080/c/preview\\n",
                            "html": "<!DOCTYPE html><html lang=\\"en\\">..."}}
                          """)))
  @APIResponse(responseCode = "404", description = "No such row of yours")
  @APIResponse(
      responseCode = "409",
      description = "The row has errors, or the batch sends no messages",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "row with errors", value = NOT_YET)))
  @APIResponse(
      responseCode = "503",
      description = "The messages cannot be written just now; Retry-After says when to try again")
  public Response message(
      @Parameter(description = "The batch", example = BATCH) @RestPath String id,
      @Parameter(description = "The spreadsheet's row number", example = "2") @RestPath
          String number) {
    return Response.ok(Messages.of(previews.messages(batches.get(id), Rows.number(number))))
        .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
        .build();
  }

  /** What a recipient is sent, by medium. */
  @Schema(name = "RowMessages")
  record Messages(
      @JsonProperty("EMAIL") MessagePreview email, @JsonProperty("SMS") MessagePreview sms) {
    static Messages of(Map<Medium, MessagePreview> written) {
      return new Messages(written.get(Medium.EMAIL), written.get(Medium.SMS));
    }
  }

  private static Response shown(byte[] picture, int number, String extension) {
    return Response.ok(picture)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "inline; filename=\"preview-%d.%s\"".formatted(number, extension))
        .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }
}
