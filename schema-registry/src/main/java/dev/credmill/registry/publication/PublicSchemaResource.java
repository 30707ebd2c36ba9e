package dev.credmill.registry.publication;

import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.registry.catalogue.Examples;
import dev.credmill.registry.organization.Organizations;
import dev.credmill.registry.schema.CredentialSchema;
import dev.credmill.registry.schema.CredentialSchemas;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/schemas/{id}")
@PermitAll
@PublicDocument
@Tag(name = "Public documents", description = "What signed credentials point to, for ever")
class PublicSchemaResource {
  private static final String SCHEMA_JSON = "application/schema+json";
  private final CredentialSchemas schemas;
  private final Organizations organizations;

  PublicSchemaResource(CredentialSchemas schemas, Organizations organizations) {
    this.schemas = schemas;
    this.organizations = organizations;
  }

  @GET
  @Produces({SCHEMA_JSON, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "getPublicSchema",
      summary = "The JSON Schema of a credential",
      description =
          "JSON Schema 2020-12 of the whole credential, to which `credentialSchema` points. It never changes and needs no key.")
  @APIResponse(
      responseCode = "200",
      description = "The schema",
      content =
          @Content(
              mediaType = SCHEMA_JSON,
              examples =
                  @ExampleObject(
                      name = "schema",
                      value =
                          """
                          {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://credentials.example.org/schemas/diploma-2026",
                           "title": "Diploma", "type": "object",
                           "properties": {"credentialSubject": {"type": "object", "properties": {"degree": {"type": "string", "title": "Degree"}}}}}
                          """)))
  @APIResponse(
      responseCode = "404",
      description = "Nothing of that id is published",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "none", value = Examples.NOT_FOUND)))
  public Response schema(
      @Parameter(description = "The schema's id", example = "diploma-2026") @PathParam("id")
          String id) {
    CredentialSchema schema = schemas.published(id).orElseThrow(PublicSchemaResource::none);
    String publicUrl = organizations.of(schema.organization()).orElseThrow().publicUrl();
    return Response.ok(SchemaDocument.of(schema, publicUrl).json().toString())
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .build();
  }

  @OPTIONS
  @Operation(hidden = true)
  public Response options() {
    return Response.noContent().header(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS").build();
  }

  private static ProblemException none() {
    return ProblemType.NOT_FOUND.because("Nothing of that id is published here");
  }
}
