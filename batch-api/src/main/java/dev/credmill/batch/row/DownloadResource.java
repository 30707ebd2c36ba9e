package dev.credmill.batch.row;

import dev.credmill.batch.VisibleBatch;
import dev.credmill.contracts.access.Role;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** A batch as a sheet again: the result, and what is to be corrected. */
@Path("/v1/batches/{id}")
@Tag(name = "Rows")
@RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
@RunOnVirtualThread
public class DownloadResource {
  private static final String ID = "01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d";
  private static final String XLSX = Downloads.XLSX;
  private static final String REPORT =
      "First Name,Email,Row,Issue,Email Delivery,Credential ID,Cred_URL\nAda,ada@example.org,2,ISSUED,SENT,urn:uuid:...,http://localhost:8080/c/...";
  private static final String ERRORS =
      "First Name,Email,Row,Error\nAda,ada(at)example.org,3,\"Email: Write an email address, such as name@example.org\"";
  private final VisibleBatch batches;
  private final Downloads downloads;

  DownloadResource(VisibleBatch batches, Downloads downloads) {
    this.batches = batches;
    this.downloads = downloads;
  }

  @GET
  @Path("/report.csv")
  @Produces("text/csv")
  @Operation(
      operationId = "getReport",
      summary = "The result as CSV",
      description =
          "The uploaded columns in their order, then statuses, credential id and Cred_URL. Safe to open in a spreadsheet program: no cell is taken for a formula.")
  @APIResponse(
      responseCode = "200",
      description = "The report",
      content =
          @Content(
              mediaType = "text/csv",
              examples = @ExampleObject(name = "one row", value = REPORT)))
  @APIResponse(responseCode = "404", description = "No such batch of yours")
  public Response reportCsv(
      @Parameter(description = "The batch", example = ID) @RestPath String id) {
    return downloads.reportCsv(batches.get(id));
  }

  @GET
  @Path("/report.xlsx")
  @Produces(XLSX)
  @Operation(
      operationId = "getReportXlsx",
      summary = "The result as a workbook",
      description = "The same as report.csv; every cell is text, so no digit is lost.")
  @APIResponse(
      responseCode = "200",
      description = "The report",
      content =
          @Content(mediaType = XLSX, examples = @ExampleObject(name = "one row", value = REPORT)))
  @APIResponse(responseCode = "404", description = "No such batch of yours")
  @APIResponse(responseCode = "409", description = "More rows than a workbook can hold")
  public Response reportXlsx(
      @Parameter(description = "The batch", example = ID) @RestPath String id) {
    return downloads.reportXlsx(batches.get(id));
  }

  @GET
  @Path("/errors.csv")
  @Produces("text/csv")
  @Operation(
      operationId = "getErrorFile",
      summary = "The rows with errors as CSV",
      description =
          "The uploaded columns of every invalid row plus Row and Error. Correct it and send it to /corrections.")
  @APIResponse(
      responseCode = "200",
      description = "The rows with their errors",
      content =
          @Content(
              mediaType = "text/csv",
              examples = @ExampleObject(name = "one row", value = ERRORS)))
  @APIResponse(responseCode = "404", description = "No such batch of yours")
  public Response errorsCsv(
      @Parameter(description = "The batch", example = ID) @RestPath String id) {
    return downloads.errorsCsv(batches.get(id));
  }

  @GET
  @Path("/errors.xlsx")
  @Produces(XLSX)
  @Operation(
      operationId = "getErrorWorkbook",
      summary = "The rows with errors as a workbook",
      description = "The same as errors.csv. Correct it and send it to /corrections.")
  @APIResponse(
      responseCode = "200",
      description = "The rows with their errors",
      content =
          @Content(mediaType = XLSX, examples = @ExampleObject(name = "one row", value = ERRORS)))
  @APIResponse(responseCode = "404", description = "No such batch of yours")
  @APIResponse(responseCode = "409", description = "More rows than a workbook can hold")
  public Response errorsXlsx(
      @Parameter(description = "The batch", example = ID) @RestPath String id) {
    return downloads.errorsXlsx(batches.get(id));
  }
}
