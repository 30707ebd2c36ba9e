package dev.credmill.registry.definition;

import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.registry.catalogue.Examples;
import dev.credmill.registry.catalogue.Page;
import dev.credmill.registry.catalogue.PageRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/credential-definitions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Credential definitions", description = "What can be issued")
class CredentialDefinitionResource {
  private static final String EXAMPLE =
      """
      {"id": "diploma-2026", "status": "DRAFT", "name": "Diploma", "version": 2, "supersedes": "diploma-2025",
       "type": "DiplomaCredential", "schemaId": "diploma-2026", "certificateTemplateId": "diploma-2026",
       "formats": ["vc+jwt"], "display": {"title": "Your diploma", "locale": "en"},
       "columns": [{"heading": "Degree", "claim": "degree", "required": true},
                   {"heading": "Graduation Date", "claim": "graduationDate", "required": false}],
       "createdBy": "key-6f0d1a52", "createdAt": "2026-11-22T09:00:00Z"}
      """;
  private final CredentialDefinitions definitions;
  private final CurrentCaller caller;

  CredentialDefinitionResource(CredentialDefinitions definitions, CurrentCaller caller) {
    this.definitions = definitions;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Name.ORG_ADMIN)
  @Operation(
      operationId = "createCredentialDefinition",
      summary = "Enter a credential definition",
      description =
          "Joins a schema with what issuing needs. It is a draft until it is published. A new version of a definition is a new definition that names the older one in `supersedes`; the older one can still be issued.")
  @RequestBody(
      content =
          @Content(
              schema = @Schema(implementation = NewCredentialDefinition.class),
              examples =
                  @ExampleObject(
                      name = "diploma",
                      value =
                          """
                          {"id": "diploma-2026", "supersedes": "diploma-2025", "name": "Diploma", "type": "DiplomaCredential",
                           "schemaId": "diploma-2026", "certificateTemplateId": "diploma-2026",
                           "display": {"title": "Your diploma", "locale": "en"}}
                          """)))
  @APIResponse(
      responseCode = "201",
      description = "Entered, as a draft",
      content =
          @Content(
              schema = @Schema(implementation = CredentialDefinition.class),
              examples = @ExampleObject(name = "entered", value = EXAMPLE)))
  @APIResponse(
      responseCode = "409",
      description = "The id is taken",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "taken", value = Examples.ALREADY_EXISTS)))
  @APIResponse(
      responseCode = "422",
      description = "This cannot be a credential definition; every fault is named",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples =
                  @ExampleObject(
                      name = "fault",
                      value =
                          """
                          {"type": "urn:credmill:problem:definition-invalid", "title": "This cannot be a credential definition", "status": 422,
                           "detail": "certificateTemplateId shows {{grade}}, which is no claim of the schema",
                           "errors": [{"field": "certificateTemplateId", "code": "placeholder",
                                       "message": "shows {{grade}}, which is no claim of the schema"}]}
                          """)))
  public Response create(@NotNull(message = "is missing") @Valid NewCredentialDefinition body) {
    CredentialDefinition made = definitions.create(caller.organization(), caller.get(), body);
    return Response.created(URI.create("/v1/credential-definitions/" + made.id()))
        .entity(made)
        .build();
  }

  @GET
  @RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
  @Operation(
      operationId = "listCredentialDefinitions",
      summary = "Search the catalogue",
      description =
          "The organization's definitions, drafts too, newest first; with `q` those whose name, description, type or id contains it.")
  @APIResponse(
      responseCode = "200",
      description = "A page of definitions",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "page",
                      value = "{\"items\": [" + EXAMPLE + "], \"next\": null}")))
  public Page<CredentialDefinition> list(
      @Parameter(description = "Text to look for, in any case", example = "diploma")
          @QueryParam("q")
          String q,
      @Parameter(description = "How many at most: 1 to 200", example = "50") @QueryParam("limit")
          String limit,
      @Parameter(description = "The `next` of the page before") @QueryParam("cursor")
          String cursor) {
    return definitions.page(caller.organization(), q, PageRequest.of(limit, cursor));
  }

  @GET
  @Path("/{id}")
  @RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
  @Operation(
      operationId = "getCredentialDefinition",
      summary = "Show a credential definition",
      description = "One version of a definition, with the columns that its sheet has.")
  @APIResponse(
      responseCode = "200",
      description = "The definition",
      content =
          @Content(
              schema = @Schema(implementation = CredentialDefinition.class),
              examples = @ExampleObject(name = "definition", value = EXAMPLE)))
  @APIResponse(
      responseCode = "404",
      description = "There is none of that id in your organization",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "none", value = Examples.NOT_FOUND)))
  public CredentialDefinition get(
      @Parameter(description = "The definition's id", example = "diploma-2026") @PathParam("id")
          String id) {
    return definitions
        .of(caller.organization(), id)
        .orElseThrow(CredentialDefinitionResource::none);
  }

  @POST
  @Path("/{id}/publish")
  @RolesAllowed(Role.Name.ORG_ADMIN)
  @Operation(
      operationId = "publishCredentialDefinition",
      summary = "Publish a credential definition",
      description =
          "From now on it can be issued, and neither it nor its schema nor its template ever changes. Its schema and its context become public. Publishing twice changes nothing.")
  @APIResponse(
      responseCode = "200",
      description = "Published, now or earlier",
      content =
          @Content(
              schema = @Schema(implementation = CredentialDefinition.class),
              examples = @ExampleObject(name = "definition", value = EXAMPLE)))
  @APIResponse(
      responseCode = "404",
      description = "There is none of that id in your organization",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "none", value = Examples.NOT_FOUND)))
  public CredentialDefinition publish(
      @Parameter(description = "The definition's id", example = "diploma-2026") @PathParam("id")
          String id) {
    return definitions
        .publish(caller.organization(), id)
        .orElseThrow(CredentialDefinitionResource::none);
  }

  private static ProblemException none() {
    return ProblemType.NOT_FOUND.because(
        "There is no credential definition of that id, see GET /v1/credential-definitions");
  }
}
