package dev.credmill.issuance.offer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Where wallets find out about an organization: the well-known place stands before its path. */
@PermitAll
@Protocol
@Path("/.well-known")
@Tag(name = "Wallets", description = "OpenID4VCI 1.0, pre-authorized code flow; public")
class MetadataResource {
  private static final String JWT = "application/jwt";
  private static final MediaType JWT_TYPE = MediaType.valueOf(JWT);

  /** As long as the registry's answers are remembered here. */
  private static final String CACHE = "max-age=5";

  private static final List<Variant> PLAIN_OR_SIGNED =
      Variant.mediaTypes(MediaType.APPLICATION_JSON_TYPE, JWT_TYPE).build();
  private final Issuers issuers;
  private final IssuerMetadata metadata;
  private final SignedMetadata signed;

  MetadataResource(Issuers issuers, IssuerMetadata metadata, SignedMetadata signed) {
    this.issuers = issuers;
    this.metadata = metadata;
    this.signed = signed;
  }

  @GET
  @Path("/openid-credential-issuer/orgs/{slug}")
  @Operation(
      operationId = "getCredentialIssuerMetadata",
      summary = "Credential Issuer metadata",
      description =
          "What an organization can issue into wallets: its published definitions, each in every form in which it"
              + " is given away. With `Accept: application/jwt` signed by the organization.")
  @APIResponse(
      responseCode = "200",
      description = "The metadata",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            examples =
                @ExampleObject(
                    name = "acme",
                    value =
                        """
                        {"credential_issuer": "https://issuer.example/orgs/acme",
                         "credential_endpoint": "https://issuer.example/orgs/acme/credential",
                         "nonce_endpoint": "https://issuer.example/orgs/acme/nonce",
                         "notification_endpoint": "https://issuer.example/orgs/acme/notification",
                         "batch_credential_issuance": {"batch_size": 4},
                         "display": [{"name": "Acme University"}],
                         "credential_configurations_supported": {
                           "diploma.sd-jwt": {"format": "dc+sd-jwt", "scope": "diploma.sd-jwt",
                             "vct": "https://issuer.example/vct/diploma",
                             "credential_signing_alg_values_supported": ["ES256"],
                             "cryptographic_binding_methods_supported": ["jwk"],
                             "proof_types_supported": {"jwt": {"proof_signing_alg_values_supported": ["ES256", "EdDSA"]}},
                             "credential_metadata": {"display": [{"name": "Diploma", "locale": "en"}],
                               "claims": [{"path": ["degree"], "mandatory": true, "display": [{"name": "Degree", "locale": "en"}]}]}}}}
                        """)),
        @Content(
            mediaType = JWT,
            examples =
                @ExampleObject(
                    name = "signed",
                    value =
                        "eyJhbGciOiJFZERTQSIsInR5cCI6Im9wZW5pZHZjaS1pc3N1ZXItbWV0YWRhdGErand0In0.eyJzdWIiOiIuLi4ifQ.c2ln"))
      })
  @APIResponse(
      responseCode = "404",
      description = "There is no such organization",
      content = @Content(mediaType = "application/problem+json"))
  @APIResponse(
      responseCode = "503",
      description = "Nothing is signed here just now; the plain metadata can still be had",
      content = @Content(mediaType = "application/problem+json"))
  public Response credentialIssuer(
      @Parameter(description = "The organization's slug", example = "acme") @RestPath String slug,
      @Context Request request) {
    Issuer issuer = issuers.named(slug);
    ObjectNode plain = metadata.credentialIssuer(issuer);
    Variant wanted = request.selectVariant(PLAIN_OR_SIGNED);
    boolean sign = wanted != null && wanted.getMediaType().equals(JWT_TYPE);
    return Response.ok(sign ? signed.of(issuer, plain) : plain.toString())
        .type(sign ? JWT_TYPE : MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, CACHE)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .build();
  }

  @GET
  @Path("/oauth-authorization-server/orgs/{slug}")
  @Operation(
      operationId = "getAuthorizationServerMetadata",
      summary = "Authorization server metadata",
      description = "By RFC 8414: where a wallet exchanges the code of an offer for a token.")
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
                          {"issuer": "https://issuer.example/orgs/acme",
                           "token_endpoint": "https://issuer.example/orgs/acme/token",
                           "grant_types_supported": ["urn:ietf:params:oauth:grant-type:pre-authorized_code"],
                           "pre-authorized_grant_anonymous_access_supported": true}
                          """)))
  @APIResponse(
      responseCode = "404",
      description = "There is no such organization",
      content = @Content(mediaType = "application/problem+json"))
  public Response authorizationServer(
      @Parameter(description = "The organization's slug", example = "acme") @RestPath String slug) {
    return Response.ok(metadata.authorizationServer(issuers.named(slug)).toString())
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, CACHE)
        .build();
  }
}
