package dev.credmill.registry.sheet;

import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.registry.definition.CredentialDefinitions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One sheet for several definitions. */
@Path("/v1/sheets.xlsx")
@RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
@Tag(name = "Sheets", description = "The sheet to fill in, one recipient per row")
class SharedSheetResource {
  private static final int MOST_DEFINITIONS = 50;
  private final CredentialDefinitions definitions;
  private final CurrentCaller caller;

  SharedSheetResource(CredentialDefinitions definitions, CurrentCaller caller) {
    this.definitions = definitions;
    this.caller = caller;
  }

  @GET
  @Produces(SheetWorkbook.MEDIA_TYPE)
  @Operation(
      operationId = "downloadSharedSheet",
      summary = "Download one workbook for several definitions",
      description =
          "An Excel workbook in which each row names its definition in the column ID, chosen from a list. The other columns are those of all the definitions; one that several share appears once, and its comment says for which definitions it counts. Each row fills the columns of its own definition. Example: `curl -H 'X-API-Key: acme-issuer-key' -O 'http://localhost:8080/v1/sheets.xlsx?definition=diploma&definition=membership&medium=EMAIL'`")
  @APIResponse(
      responseCode = "200",
      description = "The workbook",
      content =
          @Content(
              mediaType = SheetWorkbook.MEDIA_TYPE,
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(
      responseCode = "400",
      description = "No definition is named, one is named twice, or too many are",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples =
                  @ExampleObject(
                      name = "none named",
                      value =
                          """
                          {"type": "urn:credmill:problem:invalid-parameter", "title": "A parameter has a value that is not accepted", "status": 400,
                           "detail": "Name 1 to 50 definitions, each as a parameter definition; see GET /v1/credential-definitions"}
                          """)))
  @APIResponse(
      responseCode = "422",
      description =
          "A definition is unknown or not published, there is no such medium, or the sheet would have too many columns",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples =
                  @ExampleObject(
                      name = "not published",
                      value =
                          """
                          {"type": "urn:credmill:problem:definition-not-published", "title": "This credential definition is not published", "status": 422,
                           "detail": "Not published yet: diploma-2027. An admin publishes it with POST /v1/credential-definitions/{id}/publish"}
                          """)))
  public Response xlsx(
      @Parameter(
              description = "The id of a published definition, repeatable, 50 at most",
              example = "diploma")
          @QueryParam("definition")
          List<String> ids,
      @Parameter(
              description = "EMAIL or SMS, repeatable: how recipients will be reached",
              example = "EMAIL")
          @QueryParam("medium")
          List<String> media,
      @Parameter(description = "`true` adds the columns Reference and Language", example = "false")
          @QueryParam("optional")
          String optional) {
    SheetOptions options = new SheetOptions(media, optional);
    Sheet sheet = Sheet.ofSeveral(published(ids), options.media(), options.withOptional());
    return Response.ok(SheetWorkbook.of(sheet))
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"sheets.xlsx\"")
        .build();
  }

  private List<CredentialDefinition> published(List<String> ids) {
    if (ids.isEmpty() || ids.size() > MOST_DEFINITIONS) {
      throw ProblemType.INVALID_PARAMETER.because(
          "Name 1 to %d definitions, each as a parameter definition; see GET /v1/credential-definitions"
              .formatted(MOST_DEFINITIONS));
    }
    List<String> unknown = new ArrayList<>();
    List<String> drafts = new ArrayList<>();
    List<CredentialDefinition> published = new ArrayList<>();
    Set<String> named = new HashSet<>();
    for (String id : ids) {
      if (!named.add(id)) {
        throw ProblemType.INVALID_PARAMETER.because(
            "\"%s\" is named twice; name each definition once".formatted(shown(id)));
      }
      Optional<CredentialDefinition> definition =
          definitions
              .of(caller.organization(), id)
              .map(dev.credmill.registry.definition.CredentialDefinition::asOthersKnowIt);
      if (definition.isEmpty()) {
        unknown.add("\"" + shown(id) + "\"");
      } else if (!definition.get().published()) {
        drafts.add(id);
      } else {
        published.add(definition.get());
      }
    }
    if (!unknown.isEmpty()) {
      throw ProblemType.DEFINITION_UNKNOWN.because(
          "Unknown to your organization: %s. See GET /v1/credential-definitions"
              .formatted(String.join(", ", unknown)));
    }
    if (!drafts.isEmpty()) {
      throw ProblemType.DEFINITION_NOT_PUBLISHED.because(
          "Not published yet: %s. An admin publishes it with POST /v1/credential-definitions/{id}/publish"
              .formatted(String.join(", ", drafts)));
    }
    return published;
  }

  private static String shown(String id) {
    return SpreadsheetText.cut(id, 64);
  }
}
