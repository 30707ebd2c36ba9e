package dev.credmill.issuance.offer;

import dev.credmill.contracts.problem.ProblemType;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** An offer by reference: what a QR code has room for. */
@PermitAll
@Protocol
@Path("/orgs")
@Tag(name = "Wallets")
class OfferResource {
  private final Issuers issuers;
  private final Offers offers;

  OfferResource(Issuers issuers, Offers offers) {
    this.issuers = issuers;
    this.offers = offers;
  }

  @GET
  @Path("/{slug}/offers/{reference}")
  @Operation(
      operationId = "getCredentialOffer",
      summary = "A Credential Offer",
      description =
          "What a wallet gets by the `credential_offer_uri` in the QR code. Getting it, however often, uses nothing up.")
  @APIResponse(
      responseCode = "200",
      description = "The offer",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples =
                  @ExampleObject(
                      name = "offer",
                      value =
                          """
                          {"credential_issuer": "https://issuer.example/orgs/acme",
                           "credential_configuration_ids": ["diploma.sd-jwt"],
                           "grants": {"urn:ietf:params:oauth:grant-type:pre-authorized_code": {
                             "pre-authorized_code": "Yb3kq0o2Zz8mVb1tQx7Jr5nUe9sLwCfDhGpTAaBbCcD"}}}
                          """)))
  @APIResponse(
      responseCode = "404",
      description = "There is no such offer, or it is over",
      content = @Content(mediaType = "application/problem+json"))
  public Response offer(
      @Parameter(description = "The organization's slug", example = "acme") @RestPath String slug,
      @Parameter(
              description = "The last part of the `credential_offer_uri`",
              example = "3kq0o2Zz8mVb1tQx7Jr5nUe9sLwCfDhGpTAaBbCcDdE")
          @RestPath
          String reference) {
    Offer offer =
        offers
            .get(issuers.named(slug), reference)
            .orElseThrow(
                () ->
                    ProblemType.NOT_FOUND.because(
                        "The offer was claimed, has expired or was never made; open the claim link of the message for a new one"));
    return Response.ok(offer).type(MediaType.APPLICATION_JSON_TYPE).build();
  }
}
