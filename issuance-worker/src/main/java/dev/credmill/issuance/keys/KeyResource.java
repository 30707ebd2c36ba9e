package dev.credmill.issuance.keys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.issuance.securing.KeyAlgorithm;
import dev.credmill.issuance.securing.KeyRecord;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The organization's signing keys, for its admins. */
@Path("/v1/keys")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.ORG_ADMIN)
@Tag(name = "Keys", description = "The organization's signing keys: rotation and revocation")
class KeyResource {
  private static final String CURRENT =
      """
      {"kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
       "id": "did:web:issuer.example:orgs:acme#kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
       "algorithm": "Ed25519", "status": "CURRENT", "custody": "DATABASE",
       "createdAt": "2026-11-22T09:00:00Z", "retiredAt": null, "revokedAt": null, "revocationReason": null}
      """;
  private static final String REVOKED =
      """
      {"kid": "tE2vXq0m5o1kq3f1bq0R0nqf0mXw2x0o1yq0rJcQp5A",
       "id": "did:web:issuer.example:orgs:acme#tE2vXq0m5o1kq3f1bq0R0nqf0mXw2x0o1yq0rJcQp5A",
       "algorithm": "Ed25519", "status": "REVOKED", "custody": "DATABASE",
       "createdAt": "2026-10-01T09:00:00Z", "retiredAt": "2026-11-22T09:00:00Z",
       "revokedAt": "2026-11-22T09:00:00Z", "revocationReason": "a backup was stolen"}
      """;
  private final KeyChanges changes;
  private final CurrentCaller caller;
  private final ObjectMapper json;

  KeyResource(KeyChanges changes, CurrentCaller caller, ObjectMapper json) {
    this.changes = changes;
    this.caller = caller;
    this.json = json;
  }

  /** All of them: keys are few. */
  @Schema(name = "Keys")
  public record Keys(List<KeyView> items, @Schema(description = "Always null") String next) {
    static Keys of(List<KeyRecord> keys) {
      return new Keys(keys.stream().map(KeyView::of).toList(), null);
    }
  }

  /** What is to be rotated. */
  @Schema(name = "KeyRotation")
  public record Rotation(
      @Schema(
              description = "`Ed25519` or `P-256`; absent = every one that the organization uses",
              examples = "Ed25519")
          String algorithm) {}

  /** Why a key is revoked. */
  @Schema(name = "KeyRevocation")
  public record Revocation(
      @Schema(
              description = "Kept with the key, for the organization's own eyes; no personal data",
              examples = "a backup was stolen")
          @NotBlank(message = "is missing")
          @Size(max = 500, message = "has 500 characters at most")
          String reason) {}

  @GET
  @Operation(
      operationId = "listKeys",
      summary = "List the organization's signing keys",
      description =
          "Every key that the organization ever had, the current ones first. A key is made when it is first needed.")
  @APIResponse(
      responseCode = "200",
      description = "The keys",
      content =
          @Content(
              schema = @Schema(implementation = Keys.class),
              examples =
                  @ExampleObject(
                      name = "keys",
                      value = "{\"items\": [" + CURRENT + ", " + REVOKED + "], \"next\": null}")))
  public Keys list() {
    return Keys.of(changes.history(caller.organization()));
  }

  @POST
  @Path("/rotate")
  @Consumes(
      MediaType.WILDCARD) // the body is optional, and clients label an absent one in many ways
  @Operation(
      operationId = "rotateKeys",
      summary = "Have new keys sign",
      description =
          "Batches that begin from now on are signed with a new key. A batch ends with the key that it began with, and what the old key signed stays valid: it stays published. Answers with the keys that are current now.")
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Rotation.class),
              examples = @ExampleObject(name = "one", value = "{\"algorithm\": \"Ed25519\"}")))
  @APIResponse(
      responseCode = "200",
      description = "The keys that are current now",
      content =
          @Content(
              schema = @Schema(implementation = Keys.class),
              examples =
                  @ExampleObject(
                      name = "current",
                      value = "{\"items\": [" + CURRENT + "], \"next\": null}")))
  @APIResponse(
      responseCode = "409",
      description = "No such key can be made here, or the DID document is full",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class)))
  public Keys rotate(String body) {
    return Keys.of(changes.rotate(caller.organization(), algorithm(body), caller.get().keyId()));
  }

  @POST
  @Path("/{kid}/revoke")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "revokeKey",
      summary = "Revoke a signing key",
      description =
          "For a key that others may have got hold of: nothing that it signed is valid any more, whoever signed it. It is published no longer, batches that began with it issue no further rows, the status lists are signed again with the current key; where it is itself current, a new one takes its place first. Cannot be undone; a call for a key that is revoked already changes nothing.")
  @APIResponse(
      responseCode = "200",
      description = "Revoked, now or earlier",
      content =
          @Content(
              schema = @Schema(implementation = KeyView.class),
              examples = @ExampleObject(name = "revoked", value = REVOKED)))
  @APIResponse(
      responseCode = "404",
      description = "The organization has no key of that kid",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples =
                  @ExampleObject(
                      name = "none",
                      value =
                          """
                          {"type": "urn:credmill:problem:not-found", "title": "There is nothing here for you", "status": 404,
                           "detail": "The organization has no key of that kid; GET /v1/keys lists them"}
                          """)))
  public KeyView revoke(
      @Parameter(
              description = "The key's kid",
              example = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
          @RestPath
          String kid,
      @NotNull(message = "is missing") @Valid Revocation body) {
    return KeyView.of(
        changes.revoke(caller.organization(), kid, body.reason(), caller.get().keyId()));
  }

  /**
   * @return null where none is named
   */
  private KeyAlgorithm algorithm(String body) {
    if (body == null || body.isBlank()) {
      return null;
    }
    try {
      Rotation rotation = json.readValue(body, Rotation.class);
      if (rotation == null || rotation.algorithm() == null) {
        return null;
      }
      return Arrays.stream(KeyAlgorithm.values())
          .filter(algorithm -> algorithm.curve().equals(rotation.algorithm()))
          .findFirst()
          .orElseThrow(KeyResource::malformed);
    } catch (JsonProcessingException e) {
      throw malformed();
    }
  }

  private static ProblemException malformed() {
    return ProblemType.INVALID_BODY.because(
        "The body is optional; where there is one it must be {\"algorithm\": \"Ed25519\"} or {\"algorithm\": \"P-256\"}");
  }
}
