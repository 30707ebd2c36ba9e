package dev.credmill.issuance.offer;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The token endpoint (OpenID4VCI 1.0, 6). */
@PermitAll
@Protocol
@Path("/orgs")
@Tag(name = "Wallets")
class TokenResource {
  private final Issuers issuers;
  private final Tokens tokens;

  TokenResource(Issuers issuers, Tokens tokens) {
    this.issuers = issuers;
    this.tokens = tokens;
  }

  /** The form, for the documentation. */
  @Schema(
      name = "TokenRequest",
      requiredProperties = {"grant_type", "pre-authorized_code"})
  static class Form {
    @Schema(name = "grant_type", examples = Offer.GRANT)
    public String grantType;

    @Schema(
        name = "pre-authorized_code",
        description = "Of the offer",
        examples = "Yb3kq0o2Zz8mVb1tQx7Jr5nUe9sLwCfDhGpTAaBbCcD")
    public String code;

    @Schema(
        name = "tx_code",
        description = "The digits, where the offer asks for them",
        examples = "493536")
    public String digits;

    @Schema(name = "client_id", description = "Not needed")
    public String clientId;

    @Schema(
        name = "authorization_details",
        description = "A JSON array; the answer then has identifiers to ask by")
    public String authorizationDetails;
  }

  @POST
  @Path("/{slug}/token")
  @Produces({MediaType.APPLICATION_JSON, "*/*"})
  @Operation(
      operationId = "exchangeCode",
      summary = "Exchange the code of an offer for a token",
      description =
          "Once per code. With `authorization_details` the answer has `credential_identifiers`, which the wallet then asks by.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_FORM_URLENCODED,
              schema = @Schema(implementation = Form.class),
              examples =
                  @ExampleObject(
                      name = "code",
                      value =
                          "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Apre-authorized_code&pre-authorized_code=Yb3kq0o2Zz8mVb1tQx7Jr5nUe9sLwCfDhGpTAaBbCcD&tx_code=493536")))
  @APIResponse(
      responseCode = "200",
      description = "The token, for 5 minutes at most",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples =
                  @ExampleObject(
                      name = "token",
                      value =
                          "{\"access_token\": \"kq0o2Zz8mVb1tQx7Jr5nUe9sLwCfDhGpTAaBbCcDdEe\", \"token_type\": \"Bearer\", \"expires_in\": 300}")))
  @APIResponse(
      responseCode = "400",
      description =
          "`invalid_request` (also a `tx_code` that is missing, or not asked for), `invalid_grant` (wrong, used or expired code, wrong `tx_code`), `unsupported_grant_type` or `invalid_authorization_details`",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples =
                  @ExampleObject(
                      name = "reused",
                      value =
                          "{\"error\": \"invalid_grant\", \"error_description\": \"The pre-authorized code was used or replaced\"}")))
  @APIResponse(
      responseCode = "404",
      description = "There is no such organization",
      content = @Content(mediaType = "application/problem+json"))
  public Response token(
      @Parameter(description = "The organization's slug", example = "acme") @RestPath String slug,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
      InputStream body) {
    Issuer issuer = issuers.named(slug);
    if (contentType == null
        || !contentType
            .toLowerCase(Locale.ROOT)
            .startsWith(MediaType.APPLICATION_FORM_URLENCODED)) {
      throw ProtocolError.invalidRequest(
          "The body must be a form in application/x-www-form-urlencoded");
    }
    Map<String, String> form = Requests.form(body);
    String grant = form.get("grant_type");
    if (grant == null) {
      throw ProtocolError.invalidRequest("The grant_type is missing");
    }
    if (!grant.equals(Offer.GRANT)) {
      throw ProtocolError.unsupportedGrantType("The only grant_type is " + Offer.GRANT);
    }
    String code = form.get("pre-authorized_code");
    if (code == null) {
      throw ProtocolError.invalidRequest("The pre-authorized_code is missing");
    }
    return Response.ok(
            tokens.exchange(
                issuer,
                new Tokens.Asked(
                    new Secret(code),
                    form.get("tx_code"),
                    form.get("client_id"),
                    form.get("authorization_details"))))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header("Pragma", "no-cache") // RFC 6749, 5.1
        .build();
  }

  @OPTIONS
  @Path("/{slug}/token")
  @Operation(hidden = true)
  public Response preflight(@RestPath String slug) {
    return ProtocolResponses.preflight();
  }
}
