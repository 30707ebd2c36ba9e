package dev.credmill.registry.schema;

import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.problem.Problem;
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

@Path("/v1/schemas")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Credential schemas", description = "What the claims of a credential look like")
class SchemaResource {
  private static final String CLAIMS =
      """
      "claims": {"type": "object", "required": ["fullName", "degree"],
        "properties": {
          "fullName": {"type": "string"},
          "degree": {"type": "string", "title": "Degree"},
          "graduationDate": {"type": "string", "format": "date", "title": "Graduation Date"},
          "Cred_URL": {"type": "string", "format": "uri"}}}
      """;
  private static final String EXAMPLE =
      """
      {"id": "diploma-2026", "status": "DRAFT", "name": "Diploma", "version": "2026.1",
       "createdBy": "key-6f0d1a52", "createdAt": "2026-11-22T09:00:00Z",
       "columns": [{"heading": "Degree", "claim": "degree", "required": true},
                   {"heading": "Graduation Date", "claim": "graduationDate", "required": false}],
      """
          + CLAIMS
          + "}";
  private final CredentialSchemas schemas;
  private final CurrentCaller caller;

  SchemaResource(CredentialSchemas schemas, CurrentCaller caller) {
    this.schemas = schemas;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Name.ORG_ADMIN)
  @Operation(
      operationId = "createSchema",
      summary = "Enter a credential schema",
      description =
          "JSON Schema 2020-12 of the claims, each one cell of a sheet: string, integer, number or boolean. A schema does not change; another version is another schema. It becomes public with the first definition that is published with it.")
  @RequestBody(
      content =
          @Content(
              schema = @Schema(implementation = NewSchema.class),
              examples =
                  @ExampleObject(
                      name = "diploma",
                      value =
                          "{\"id\": \"diploma-2026\", \"name\": \"Diploma\", \"version\": \"2026.1\", "
                              + CLAIMS
                              + "}")))
  @APIResponse(
      responseCode = "201",
      description = "Entered",
      content =
          @Content(
              schema = @Schema(implementation = CredentialSchema.class),
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
      description = "This cannot be a credential schema; every fault is named",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples =
                  @ExampleObject(
                      name = "faults",
                      value =
                          """
                          {"type": "urn:credmill:problem:schema-invalid", "title": "This cannot be a credential schema", "status": 422,
                           "detail": "claims/properties/address/type must be one of \\"string\\", \\"integer\\", \\"number\\", \\"boolean\\": a claim is one cell of a sheet",
                           "errors": [{"field": "claims/properties/address/type", "code": "type",
                                       "message": "must be one of \\"string\\", \\"integer\\", \\"number\\", \\"boolean\\": a claim is one cell of a sheet"}]}
                          """)))
  public Response create(@NotNull(message = "is missing") @Valid NewSchema body) {
    CredentialSchema made = schemas.create(caller.organization(), caller.get(), body);
    return Response.created(URI.create("/v1/schemas/" + made.id())).entity(made).build();
  }

  @GET
  @RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
  @Operation(
      operationId = "listSchemas",
      summary = "List the credential schemas",
      description = "The organization's schemas, newest first.")
  @APIResponse(
      responseCode = "200",
      description = "A page of schemas",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "page",
                      value = "{\"items\": [" + EXAMPLE + "], \"next\": null}")))
  public Page<CredentialSchema> list(
      @Parameter(description = "How many at most: 1 to 200", example = "50") @QueryParam("limit")
          String limit,
      @Parameter(description = "The `next` of the page before") @QueryParam("cursor")
          String cursor) {
    return schemas.page(caller.organization(), PageRequest.of(limit, cursor));
  }

  @GET
  @Path("/{id}")
  @RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
  @Operation(
      operationId = "getSchema",
      summary = "Show a credential schema",
      description =
          "The schema of the claims, with local references put in place and titles filled in, and the columns that follow from it.")
  @APIResponse(
      responseCode = "200",
      description = "The schema",
      content =
          @Content(
              schema = @Schema(implementation = CredentialSchema.class),
              examples = @ExampleObject(name = "schema", value = EXAMPLE)))
  @APIResponse(
      responseCode = "404",
      description = "There is none of that id in your organization",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "none", value = Examples.NOT_FOUND)))
  public CredentialSchema get(
      @Parameter(description = "The schema's id", example = "diploma-2026") @PathParam("id")
          String id) {
    return schemas
        .of(caller.organization(), id)
        .orElseThrow(
            () ->
                ProblemType.NOT_FOUND.because(
                    "There is no credential schema of that id, see GET /v1/schemas"));
  }
}
