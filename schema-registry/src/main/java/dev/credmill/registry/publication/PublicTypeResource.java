package dev.credmill.registry.publication;

import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.TypeMetadata;
import dev.credmill.registry.catalogue.Examples;
import dev.credmill.registry.definition.CredentialDefinitions;
import dev.credmill.registry.definition.PublishedType;
import dev.credmill.registry.definition.PublishedTypes;
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

@Path("/vct/{id}")
@PermitAll
@PublicDocument
@Tag(name = "Public documents", description = "What signed credentials point to, for ever")
class PublicTypeResource {
  private final CredentialDefinitions definitions;
  private final PublishedTypes types;
  private final Organizations organizations;

  PublicTypeResource(
      CredentialDefinitions definitions, PublishedTypes types, Organizations organizations) {
    this.definitions = definitions;
    this.types = types;
    this.organizations = organizations;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "getPublicType",
      summary = "The type metadata of a definition's SD-JWT VCs",
      description =
          "What `vct` points to and `vct#integrity` is the hash of. It never changes and needs no key.")
  @APIResponse(
      responseCode = "200",
      description = "The type metadata",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples =
                  @ExampleObject(
                      name = "type",
                      value =
                          """
                          {"vct": "https://credentials.example.org/vct/diploma-2026", "name": "Diploma",
                           "display": [{"locale": "en", "name": "Your diploma", "rendering": {"svg_templates": [
                             {"uri": "https://credentials.example.org/vct/diploma-2026/certificate.svg", "uri#integrity": "sha256-4mIR...",
                              "properties": {"orientation": "landscape"}}]}}],
                           "claims": [{"path": ["degree"], "display": [{"locale": "en", "label": "Degree"}], "sd": "always", "svg_id": "degree"}]}
                          """)))
  @APIResponse(
      responseCode = "404",
      description = "Nothing of that id is published as SD-JWT VC",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "none", value = Examples.NOT_FOUND)))
  public Response type(
      @Parameter(description = "The definition's id", example = "diploma-2026") @PathParam("id")
          String id) {
    CredentialDefinition definition =
        definitions
            .published(id)
            .map(dev.credmill.registry.definition.CredentialDefinition::asOthersKnowIt)
            .filter(found -> found.formats().contains(TypeMetadata.FORMAT))
            .orElseThrow(PublicTypeResource::none);
    String publicUrl = organizations.of(definition.organization()).orElseThrow().publicUrl();
    return Response.ok(
            types
                .of(id)
                .map(PublishedType::metadata)
                .orElseGet(() -> TypeMetadata.of(definition, publicUrl).json()))
        .build();
  }

  @OPTIONS
  @Operation(hidden = true)
  public Response options() {
    return Response.noContent().header(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS").build();
  }

  private static ProblemException none() {
    return ProblemType.NOT_FOUND.because("Nothing of that id is published as SD-JWT VC here");
  }
}
