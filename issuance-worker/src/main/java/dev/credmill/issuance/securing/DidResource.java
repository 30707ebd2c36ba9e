package dev.credmill.issuance.securing;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The did:web documents of the organizations: where verifiers find their keys. */
@PermitAll
@Path("/orgs")
@Tag(name = "Verification", description = "What verifiers need; public")
class DidResource {
  private static final String DID_JSON = "application/did+json";
  private final PublishedKeys published;

  DidResource(PublishedKeys published) {
    this.published = published;
  }

  @GET
  @Path("/{slug}/did.json")
  @Produces({DID_JSON, "application/json", "application/did+ld+json", "*/*"})
  @Operation(
      operationId = "getDidDocument",
      summary = "An organization's DID document",
      description =
          "The did:web document of an organization with every key that its credentials may be signed"
              + " with, each as `JsonWebKey` and as `Multikey`.")
  @APIResponse(
      responseCode = "200",
      description = "The document",
      content =
          @Content(
              mediaType = DID_JSON,
              examples =
                  @ExampleObject(
                      name = "acme",
                      value =
                          """
                          {"@context": ["https://www.w3.org/ns/did/v1"], "id": "did:web:issuer.example:orgs:acme",
                           "verificationMethod": [{"id": "did:web:issuer.example:orgs:acme#k", "type": "JsonWebKey",
                             "controller": "did:web:issuer.example:orgs:acme",
                             "publicKeyJwk": {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}}],
                           "assertionMethod": ["did:web:issuer.example:orgs:acme#k"]}
                          """)))
  @APIResponse(
      responseCode = "404",
      description = "There is no such organization",
      content = @Content(mediaType = "application/problem+json"))
  public Response didDocument(
      @Parameter(description = "The organization's slug", example = "acme") @RestPath String slug) {
    List<SigningKey> keys = published.keys(slug);
    return PublishedKeys.cacheable(
        Response.ok(DidDocument.of(keys.getFirst().did(), keys)).type(DID_JSON));
  }
}
