package dev.credmill.registry.sheet;

import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.registry.catalogue.Examples;
import dev.credmill.registry.definition.CredentialDefinition;
import dev.credmill.registry.definition.CredentialDefinitions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/credential-definitions/{id}")
@RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
@Tag(name = "Sheets", description = "The sheet to fill in, one recipient per row")
class SheetResource {
  private final CredentialDefinitions definitions;
  private final CurrentCaller caller;

  SheetResource(CredentialDefinitions definitions, CurrentCaller caller) {
    this.definitions = definitions;
    this.caller = caller;
  }

  @GET
  @Path("/sheet.csv")
  @Produces("text/csv;charset=UTF-8")
  @Operation(
      operationId = "downloadSheetCsv",
      summary = "Download the sheet to fill in",
      description =
          "A CSV file with the header only, UTF-8 with byte order mark. The columns follow from the media and from the schema; a credential that no message goes out for needs neither Email nor Phone.")
  @APIResponse(
      responseCode = "200",
      description = "The sheet",
      content =
          @Content(
              mediaType = "text/csv",
              examples =
                  @ExampleObject(
                      name = "diploma by email",
                      value = "First Name,Last Name,Email,Expiration,Degree,Graduation Date")))
  @APIResponse(
      responseCode = "404",
      description = "There is no definition of that id in your organization",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "none", value = Examples.NOT_FOUND)))
  @APIResponse(
      responseCode = "422",
      description = "There is no such medium",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "medium", value = SheetOptions.MEDIUM_UNKNOWN)))
  public Response csv(
      @Parameter(description = "The definition's id", example = "diploma") @PathParam("id")
          String id,
      @Parameter(
              description = "EMAIL or SMS, repeatable: how recipients will be reached",
              example = "EMAIL")
          @QueryParam("medium")
          List<String> media,
      @Parameter(description = "`true` adds the columns Reference and Language", example = "false")
          @QueryParam("optional")
          String optional) {
    Sheet sheet = sheet(id, new SheetOptions(media, optional));
    return Response.ok(SheetCsv.of(sheet))
        .header(
            HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s-sheet.csv\"".formatted(id))
        .build();
  }

  @GET
  @Path("/sheet.xlsx")
  @Produces(SheetWorkbook.MEDIA_TYPE)
  @Operation(
      operationId = "downloadSheetXlsx",
      summary = "Download the sheet to fill in as an Excel workbook",
      description =
          "The same columns as sheet.csv, and what a spreadsheet program can do for whoever fills them in: a comment on each heading that explains it, drop-down lists where the schema allows certain values only, dates as dates, text columns that keep leading zeros, and a second sheet with instructions. Example: `curl -H 'X-API-Key: acme-issuer-key' -O 'http://localhost:8080/v1/credential-definitions/diploma/sheet.xlsx?medium=EMAIL'`")
  @APIResponse(
      responseCode = "200",
      description = "The workbook",
      content =
          @Content(
              mediaType = SheetWorkbook.MEDIA_TYPE,
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(
      responseCode = "404",
      description = "There is no definition of that id in your organization",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "none", value = Examples.NOT_FOUND)))
  @APIResponse(
      responseCode = "422",
      description = "There is no such medium",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "medium", value = SheetOptions.MEDIUM_UNKNOWN)))
  public Response xlsx(
      @Parameter(description = "The definition's id", example = "diploma") @PathParam("id")
          String id,
      @Parameter(
              description = "EMAIL or SMS, repeatable: how recipients will be reached",
              example = "EMAIL")
          @QueryParam("medium")
          List<String> media,
      @Parameter(description = "`true` adds the columns Reference and Language", example = "false")
          @QueryParam("optional")
          String optional) {
    Sheet sheet = sheet(id, new SheetOptions(media, optional));
    return Response.ok(SheetWorkbook.of(sheet))
        .header(
            HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s-sheet.xlsx\"".formatted(id))
        .build();
  }

  private Sheet sheet(String id, SheetOptions options) {
    return definitions
        .of(caller.organization(), id)
        .map(CredentialDefinition::asOthersKnowIt)
        .map(definition -> Sheet.of(definition, options.media(), options.withOptional()))
        .orElseThrow(
            () ->
                ProblemType.NOT_FOUND.because(
                    "There is no credential definition of that id, see GET /v1/credential-definitions"));
  }
}
