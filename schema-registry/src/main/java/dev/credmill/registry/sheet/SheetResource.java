package dev.credmill.registry.sheet;

import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.event.Medium;
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
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
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
  private static final int MOST_MEDIA = 10;
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
              examples =
                  @ExampleObject(
                      name = "medium",
                      value =
                          """
                          {"type": "urn:credmill:problem:medium-unknown", "title": "There is no such medium", "status": 422,
                           "detail": "medium must be EMAIL or SMS; repeat it for both, leave it out for none"}
                          """)))
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
    CredentialDefinition definition =
        definitions
            .of(caller.organization(), id)
            .orElseThrow(
                () ->
                    ProblemType.NOT_FOUND.because(
                        "There is no credential definition of that id, see GET /v1/credential-definitions"));
    Sheet sheet =
        Sheet.of(definition.schema().claims().columns(), media(media), withOptional(optional));
    return Response.ok(sheet.csv())
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"%s-sheet.csv\"".formatted(definition.id()))
        .build();
  }

  private static Set<Medium> media(List<String> names) {
    Set<Medium> media = EnumSet.noneOf(Medium.class);
    names.stream().limit(MOST_MEDIA).map(SheetResource::medium).forEach(media::add);
    return media;
  }

  private static Medium medium(String name) {
    return Arrays.stream(Medium.values())
        .filter(medium -> medium.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemType.MEDIUM_UNKNOWN.because(
                    "medium must be EMAIL or SMS; repeat it for both, leave it out for none"));
  }

  private static boolean withOptional(String text) {
    return switch (text) {
      case null -> false;
      case "false" -> false;
      case "true" -> true;
      default -> throw ProblemType.INVALID_PARAMETER.because("optional must be true or false");
    };
  }
}
