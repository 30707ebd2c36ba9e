package dev.credmill.registry.publication;

import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.DefinitionContext;
import dev.credmill.registry.catalogue.Examples;
import dev.credmill.registry.definition.CredentialDefinition;
import dev.credmill.registry.definition.CredentialDefinitions;
import dev.credmill.registry.organization.Organizations;
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

@Path("/contexts/{id}")
@PermitAll
@PublicDocument
@Tag(name = "Public documents", description = "What signed credentials point to, for ever")
class PublicContextResource {
  private static final String LD_JSON = "application/ld+json";
  private final CredentialDefinitions definitions;
  private final Organizations organizations;

  PublicContextResource(CredentialDefinitions definitions, Organizations organizations) {
    this.definitions = definitions;
    this.organizations = organizations;
  }

  @GET
  @Produces({LD_JSON, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "getPublicContext",
      summary = "The JSON-LD context of a definition",
      description =
          "Defines the credential's type and all its claims. It never changes and needs no key.")
  @APIResponse(
      responseCode = "200",
      description = "The context",
      content =
          @Content(
              mediaType = LD_JSON,
              examples =
                  @ExampleObject(
                      name = "context",
                      value =
                          """
                          {"@context": {"@version": 1.1, "@protected": true,
                            "DiplomaCredential": "https://credentials.example.org/contexts/diploma-2026#DiplomaCredential",
                            "degree": {"@id": "https://credentials.example.org/contexts/diploma-2026#degree"}}}
                          """)))
  @APIResponse(
      responseCode = "404",
      description = "Nothing of that id is published",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "none", value = Examples.NOT_FOUND)))
  public Response context(
      @Parameter(description = "The definition's id", example = "diploma-2026") @PathParam("id")
          String id) {
    CredentialDefinition definition =
        definitions.published(id).orElseThrow(PublicContextResource::none);
    String publicUrl = organizations.of(definition.organization()).orElseThrow().publicUrl();
    return Response.ok(
            DefinitionContext.of(definition.asOthersKnowIt(), publicUrl).json().toString())
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
