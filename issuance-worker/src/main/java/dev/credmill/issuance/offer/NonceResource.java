package dev.credmill.issuance.offer;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The nonce endpoint (OpenID4VCI 1.0, 7). */
@PermitAll
@Protocol
@Path("/orgs")
@Tag(name = "Wallets")
class NonceResource {
  private final Issuers issuers;
  private final Nonces nonces;

  NonceResource(Issuers issuers, Nonces nonces) {
    this.issuers = issuers;
    this.nonces = nonces;
  }

  /** What a wallet is to sign. */
  record Nonce(@JsonProperty("c_nonce") String nonce) {}

  @POST
  @Path("/{slug}/nonce")
  @Produces({MediaType.APPLICATION_JSON, "*/*"})
  @Operation(
      operationId = "getNonce",
      summary = "A nonce to sign",
      description = "For one credential request, within a few minutes. Needs no token and no body.")
  @APIResponse(
      responseCode = "200",
      description = "The nonce",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples =
                  @ExampleObject(
                      name = "nonce",
                      value =
                          "{\"c_nonce\": \"AQAAAABpIzVkWb1tQx7Jr5nUe9sLwCfDhGpTAaBbCcDdEe3kq0o2Zz8\"}")))
  @APIResponse(
      responseCode = "404",
      description = "There is no such organization",
      content = @Content(mediaType = "application/problem+json"))
  public Response nonce(
      @Parameter(description = "The organization's slug", example = "acme") @RestPath String slug) {
    Issuer issuer = issuers.named(slug);
    return Response.ok(new Nonce(nonces.next(issuer.organization().id())))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  @OPTIONS
  @Path("/{slug}/nonce")
  @Operation(hidden = true)
  public Response preflight(@RestPath String slug) {
    return ProtocolResponses.preflight();
  }
}
