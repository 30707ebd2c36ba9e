package dev.credmill.issuance.status;

import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.issuance.IssuanceConfig;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Status lists as verifiers fetch them: signed beforehand, cacheable, nobody is tracked. */
@PermitAll
@Path("/status-lists")
@Tag(name = "Verification", description = "What verifiers need; public")
class StatusListResource {
  private static final String VC_JWT = "application/vc+jwt";
  private static final String TOKEN = "application/statuslist+jwt";
  private static final String VC = "application/vc";
  private static final List<Variant> OF_A_BITSTRING =
      Variant.mediaTypes(
              MediaType.valueOf(VC_JWT),
              MediaType.valueOf(VC),
              MediaType.valueOf("application/ld+json"),
              MediaType.APPLICATION_JSON_TYPE)
          .build();
  private final StatusListTable lists;
  private final IssuanceConfig config;

  StatusListResource(StatusListTable lists, IssuanceConfig config) {
    this.lists = lists;
    this.config = config;
  }

  @GET
  @Path("/{id}")
  @Operation(
      operationId = "getStatusList",
      summary = "A status list credential",
      description =
          "The signed BitstringStatusListCredential (W3C Bitstring Status List 1.0) that the"
              + " `credentialStatus` of issued credentials points to. A set bit means revoked, or suspended."
              + " With `Accept: application/vc` (or `application/ld+json`, `application/json`) it has embedded"
              + " proofs `eddsa-rdfc-2022` and `eddsa-jcs-2022` instead of being a JWT.")
  @APIResponse(
      responseCode = "200",
      description = "The list, secured as `vc+jwt` or with embedded proofs",
      content = {
        @Content(
            mediaType = VC_JWT,
            examples =
                @ExampleObject(
                    name = "list",
                    value = "eyJhbGciOiJFZERTQSIsInR5cCI6InZjK2p3dCJ9.eyJpZCI6Ii4uLiJ9.c2ln")),
        @Content(
            mediaType = VC,
            examples =
                @ExampleObject(
                    name = "proved",
                    value =
                        """
                        {"@context": ["https://www.w3.org/ns/credentials/v2"],
                         "type": ["VerifiableCredential", "BitstringStatusListCredential"],
                         "credentialSubject": {"type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": "uH4sIAAAA..."},
                         "proof": [{"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofValue": "z4Jx..."}]}
                        """))
      })
  @APIResponse(responseCode = "304", description = "Not changed since the ETag that was sent")
  @APIResponse(
      responseCode = "404",
      description = "There is no such list",
      content = @Content(mediaType = "application/problem+json"))
  public Response get(
      @Parameter(
              description = "The list's id, as in `statusListCredential`",
              example = "5f0c9d5e-6a51-4c29-9f0e-0e2a6c1c7a11")
          @RestPath
          String id,
      @Context Request request) {
    StatusListTable.Signed list =
        uuid(id)
            .flatMap(lists::signed)
            .orElseThrow(
                () ->
                    ProblemType.NOT_FOUND.because(
                        "There is no such status list; take the address from credentialStatus.statusListCredential"));
    Optional<MediaType> proved = proved(list, request);
    EntityTag tag = new EntityTag(list.version() + (proved.isPresent() ? "-proved" : ""));
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    Response.ResponseBuilder response;
    if (unchanged != null) {
      response = unchanged;
    } else {
      response =
          proved
              .map(type -> Response.ok(list.proved()).type(type))
              .orElseGet(() -> Response.ok(list.jwt()).type(mediaType(list)));
    }
    CacheControl cache = new CacheControl();
    cache.setMaxAge((int) config.statusListTtl().toSeconds());
    return response
        .tag(tag)
        .cacheControl(cache)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .header("Access-Control-Allow-Origin", "*")
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }

  /** The type as which the list with its proofs is wanted, where it is. */
  private static Optional<MediaType> proved(StatusListTable.Signed list, Request request) {
    if (list.proved() == null) {
      return Optional.empty();
    }
    return Optional.ofNullable(request.selectVariant(OF_A_BITSTRING))
        .map(Variant::getMediaType)
        .filter(type -> !type.toString().equals(VC_JWT));
  }

  private static String mediaType(StatusListTable.Signed list) {
    return switch (list.purpose().kind()) {
      case BITSTRING -> VC_JWT;
      case TOKEN -> TOKEN;
    };
  }

  private static Optional<UUID> uuid(String id) {
    try {
      return Optional.of(UUID.fromString(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
