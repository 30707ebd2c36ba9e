package dev.credmill.registry.publication;

import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.registry.catalogue.CatalogueId;
import dev.credmill.registry.catalogue.Examples;
import dev.credmill.registry.definition.PublishedType;
import dev.credmill.registry.definition.PublishedTypes;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/vct/{id}/certificate.svg")
@PermitAll
@PublicDocument
@Tag(name = "Public documents", description = "What signed credentials point to, for ever")
class PublicPictureResource {
  private static final String SVG = "image/svg+xml";
  private final PublishedTypes types;

  PublicPictureResource(PublishedTypes types) {
    this.types = types;
  }

  @GET
  @Produces({SVG, "*/*"})
  @Operation(
      operationId = "getPublicPicture",
      summary = "A definition's certificate as a template for wallets",
      description =
          "What `svg_templates` in the type metadata points to, with its hash. `{{claim}}` stands in texts, for the wallet to fill. It never changes and needs no key.")
  @APIResponse(
      responseCode = "200",
      description = "The SVG template",
      content =
          @Content(
              mediaType = SVG,
              examples =
                  @ExampleObject(
                      name = "svg",
                      value =
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1123 794\">...</svg>")))
  @APIResponse(
      responseCode = "404",
      description = "Nothing of that id is published as SD-JWT VC with a picture",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "none", value = Examples.NOT_FOUND)))
  public Response picture(
      @Parameter(description = "The definition's id", example = "diploma-2026") @PathParam("id")
          String id) {
    PublishedType type =
        CatalogueId.wellFormed(id)
            .flatMap(types::of)
            .orElseThrow(
                () ->
                    ProblemType.NOT_FOUND.because(
                        "Nothing of that id is published as SD-JWT VC with a picture here"));
    return Response.ok(type.svg().getBytes(StandardCharsets.UTF_8))
        .type(SVG)
        // Opened by itself it is a picture, and nothing else.
        .header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'")
        .build();
  }

  @OPTIONS
  @Operation(hidden = true)
  public Response options() {
    return Response.noContent().header(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS").build();
  }
}
