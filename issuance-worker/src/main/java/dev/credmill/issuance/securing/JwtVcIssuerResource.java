package dev.credmill.issuance.securing;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.credmill.contracts.registry.Organization;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/**
 * The issuers' keys for verifiers of SD-JWT VCs that do not resolve DIDs (SD-JWT VC, section 5):
 * the well-known part stands between host and path.
 */
@PermitAll
@Path("/.well-known/jwt-vc-issuer/orgs/{slug}")
@Tag(name = "Verification", description = "What verifiers need; public")
class JwtVcIssuerResource {
  private final PublishedKeys published;

  JwtVcIssuerResource(PublishedKeys published) {
    this.published = published;
  }

  /** The metadata; {@code issuer} is the address that the well-known one is made of. */
  @JsonPropertyOrder({"issuer", "jwks"})
  record Metadata(String issuer, Jwks jwks) {}

  record Jwks(List<PublicJwk> keys) {}

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "getJwtVcIssuer",
      summary = "An organization's keys as JWKs",
      description =
          "The JWT VC Issuer Metadata of an organization: its keys, each under both ids that"
              + " headers name it by.")
  @APIResponse(
      responseCode = "200",
      description = "The metadata",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples =
                  @ExampleObject(
                      name = "acme",
                      value =
                          """
                          {"issuer": "https://issuer.example/orgs/acme", "jwks": {"keys": [{"kty": "OKP", "crv": "Ed25519",
                            "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
                            "kid": "did:web:issuer.example:orgs:acme#k", "alg": "EdDSA", "use": "sig"}]}}
                          """)))
  @APIResponse(
      responseCode = "404",
      description = "There is no such organization",
      content = @Content(mediaType = "application/problem+json"))
  public Response metadata(
      @Parameter(description = "The organization's slug", example = "acme") @RestPath String slug) {
    Organization organization = published.organization(slug);
    List<PublicJwk> keys =
        published.keys(slug).stream()
            .flatMap(
                key ->
                    Stream.of(
                        PublicJwk.of(key, key.didUrl()), PublicJwk.of(key, key.multikeyUrl())))
            .toList();
    String issuer = organization.publicUrl() + "/orgs/" + organization.id();
    return PublishedKeys.cacheable(Response.ok(new Metadata(issuer, new Jwks(keys))));
  }
}
