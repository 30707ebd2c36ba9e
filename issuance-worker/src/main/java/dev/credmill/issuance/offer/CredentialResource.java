package dev.credmill.issuance.offer;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.IssuanceRole;
import dev.credmill.issuance.copy.HolderKey;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The credential endpoint (OpenID4VCI 1.0, 8). Signs, so it needs the role for it. */
@PermitAll
@Protocol
@Path("/orgs")
@Tag(name = "Wallets")
class CredentialResource {
  private static final String PROOF_TYPE = "jwt";
  private final Issuers issuers;
  private final Tokens tokens;
  private final Proofs proofs;
  private final Claims claims;
  private final IssuanceConfig config;

  CredentialResource(
      Issuers issuers, Tokens tokens, Proofs proofs, Claims claims, IssuanceConfig config) {
    this.issuers = issuers;
    this.tokens = tokens;
    this.proofs = proofs;
    this.claims = claims;
    this.config = config;
  }

  /** As wallets get it: never as the drafts had it. */
  record Answer(List<Handed> credentials, @JsonProperty("notification_id") String notificationId) {
    record Handed(JsonNode credential) {}

    static Answer of(Claims.Handed handed) {
      return new Answer(
          handed.credentials().stream().map(Handed::new).toList(), handed.notificationId().text());
    }
  }

  @POST
  @Path("/{slug}/credential")
  @Produces({MediaType.APPLICATION_JSON, "*/*"})
  @Operation(
      operationId = "claimCredential",
      summary = "Hand the credential over to a wallet",
      description =
          "A copy of the offered credential for each proven key, bound to it and with status entries of its own. Takes"
              + " the drafts' singular `proof` for a `proofs.jwt` with one entry.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(type = SchemaType.OBJECT),
              examples =
                  @ExampleObject(
                      name = "one",
                      value =
                          """
                          {"credential_configuration_id": "diploma.sd-jwt",
                           "proofs": {"jwt": ["eyJ0eXAiOiJvcGVuaWQ0dmNpLXByb29mK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Li4ufX0.eyJhdWQiOiIuLi4ifQ.c2ln"]}}
                          """)))
  @APIResponse(
      responseCode = "200",
      description = "The credentials",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples =
                  @ExampleObject(
                      name = "one",
                      value =
                          """
                          {"credentials": [{"credential": "eyJ0eXAiOiJkYytzZC1qd3QiLCJhbGciOiJFUzI1NiJ9.eyJ2Y3QiOiIuLi4ifQ.c2ln~WyJzYWx0Il0~"}],
                           "notification_id": "0o2Zz8mVb1tQx7Jr5nUe9sLwCfDhGpTAaBbCcDdEe3kq"}
                          """)))
  @APIResponse(
      responseCode = "400",
      description =
          "`invalid_credential_request`, `unknown_credential_configuration`, `unknown_credential_identifier`, `invalid_proof`, `invalid_nonce`, `invalid_encryption_parameters` or `credential_request_denied`",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              examples =
                  @ExampleObject(
                      name = "replayed",
                      value =
                          "{\"error\": \"invalid_nonce\", \"error_description\": \"The nonce is not one of ours, too old, or was used before; get a new one\"}")))
  @APIResponse(responseCode = "401", description = "The token is missing, unknown or has expired")
  @APIResponse(
      responseCode = "503",
      description = "Nothing is signed here just now",
      content = @Content(mediaType = "application/problem+json"))
  public Response credential(
      @Parameter(description = "The organization's slug", example = "acme") @RestPath String slug,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      InputStream body) {
    Issuer issuer = issuers.named(slug);
    if (!config.roles().contains(IssuanceRole.SIGN)) {
      throw ProblemType.UNAVAILABLE.because(
          "Nothing is signed here just now; send the request again after the seconds in Retry-After");
    }
    StoredOffer offer = tokens.authorized(issuer, authorization);
    JsonNode request = Requests.object(body, ProtocolError::invalidCredentialRequest);
    if (request.hasNonNull("credential_response_encryption")) {
      throw ProtocolError.invalidEncryptionParameters();
    }
    Configuration configuration = configuration(offer, request);
    List<HolderKey> keys = proofs.check(issuer, offer.clientId(), jwts(request));
    Claims.Handed handed = claims.hand(offer, configuration.format(), keys);
    return Response.ok(Answer.of(handed)).type(MediaType.APPLICATION_JSON_TYPE).build();
  }

  private static Configuration configuration(StoredOffer offer, JsonNode request) {
    Optional<String> id = Requests.text(request, "credential_configuration_id");
    Optional<String> identifier = Requests.text(request, "credential_identifier");
    if (id.isPresent() == identifier.isPresent()) {
      throw ProtocolError.invalidCredentialRequest(
          "Send either credential_configuration_id or credential_identifier");
    }
    List<Configuration> granted =
        offer.configurations().stream().flatMap(one -> Configuration.parse(one).stream()).toList();
    if (id.isPresent()) {
      return granted.stream()
          .filter(one -> one.id().equals(id.get()))
          .findFirst()
          .orElseThrow(ProtocolError::unknownConfiguration);
    }
    return granted.stream()
        .filter(one -> offer.identified() && one.credentialIdentifier().equals(identifier.get()))
        .findFirst()
        .orElseThrow(ProtocolError::unknownIdentifier);
  }

  /** OpenID4VCI 1.0, 8.2; wallets of drafts send one {@code proof} with its type beside it. */
  private List<String> jwts(JsonNode request) {
    JsonNode several = request.path("proofs");
    JsonNode single = request.path("proof");
    if (several.isMissingNode() && single.isMissingNode()) {
      throw ProtocolError.invalidProof("The proofs are missing");
    }
    if (!several.isMissingNode() && !single.isMissingNode()) {
      throw ProtocolError.invalidCredentialRequest("Send proofs and no proof");
    }
    if (several.isMissingNode()) {
      return List.of(
          Requests.text(single, PROOF_TYPE)
              .filter(_ -> single.path("proof_type").asText(PROOF_TYPE).equals(PROOF_TYPE))
              .orElseThrow(() -> ProtocolError.invalidProof("The only type of proof is jwt")));
    }
    JsonNode array = several.path(PROOF_TYPE);
    if (several.size() != 1 || !array.isArray() || array.isEmpty()) {
      throw ProtocolError.invalidProof("The proofs are an object with a non-empty array jwt");
    }
    if (array.size() > config.offer().batchSize()) {
      throw ProtocolError.invalidCredentialRequest(
          "There may be %d proofs at most".formatted(config.offer().batchSize()));
    }
    List<String> jwts = new ArrayList<>();
    for (JsonNode one : array) {
      if (!one.isTextual()) {
        throw ProtocolError.invalidProof("Each proof is a string");
      }
      jwts.add(one.asText());
    }
    return jwts;
  }

  @OPTIONS
  @Path("/{slug}/credential")
  @Operation(hidden = true)
  public Response preflight(@RestPath String slug) {
    return ProtocolResponses.preflight();
  }
}
