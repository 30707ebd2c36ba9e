package dev.credmill.issuance.securing;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.Registry;
import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.IssuanceRole;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
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
  private static final int MAX_AGE_SECONDS = 300;
  private final SigningKeys keys;
  private final Registry registry;
  private final IssuanceConfig config;

  DidResource(SigningKeys keys, Registry registry, IssuanceConfig config) {
    this.keys = keys;
    this.registry = registry;
    this.config = config;
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
    List<SigningKey> published = published(organizationId(slug));
    CacheControl cache = new CacheControl();
    cache.setMaxAge(MAX_AGE_SECONDS);
    return Response.ok(DidDocument.of(published.getFirst().did(), published))
        .type(DID_JSON)
        .cacheControl(cache)
        .header("Access-Control-Allow-Origin", "*")
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }

  /**
   * Credentials are verified whether or not the registry answers: it is asked for nothing known.
   */
  private List<SigningKey> published(OrganizationId id) {
    List<SigningKey> known = keys.ofOrganization(id);
    if (!known.isEmpty()) {
      return known;
    }
    Organization organization = registry.organization(id).orElseThrow(DidResource::notFound);
    if (!config.roles().contains(IssuanceRole.SIGN)) {
      throw notFound();
    }
    keys.current(organization);
    return keys.ofOrganization(id);
  }

  private static OrganizationId organizationId(String slug) {
    try {
      return new OrganizationId(slug);
    } catch (IllegalArgumentException e) {
      throw notFound();
    }
  }

  private static ProblemException notFound() {
    return ProblemType.NOT_FOUND.because(
        "There is no such organization, or it has issued nothing yet");
  }
}
