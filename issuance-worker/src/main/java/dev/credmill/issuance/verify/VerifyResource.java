package dev.credmill.issuance.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.contracts.problem.ProblemType;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Verifies for whoever asks; keeps nothing of what was sent. */
@PermitAll
@Path("/v1/verify")
@Tag(name = "Verification", description = "What verifiers need; public")
class VerifyResource {
  private static final int LONGEST = 256 * 1024;
  private final Verifier verifier;

  VerifyResource(Verifier verifier) {
    this.verifier = verifier;
  }

  @POST
  @Consumes({
    MediaType.APPLICATION_JSON,
    "application/vc+jwt",
    "application/vc",
    "application/dc+sd-jwt",
    MediaType.TEXT_PLAIN
  })
  @Produces(MediaType.APPLICATION_JSON)
  @Blocking
  @Operation(
      operationId = "verify",
      summary = "Verify a credential",
      description =
          "A `vc+jwt`, an SD-JWT VC, a JSON credential with its Data Integrity proof, or the link of a certificate page:"
              + " as `credential` or `link` in JSON, or as it is under its own media type. Needs no key. Issuers that are"
              + " hosted here and did:key are known; nothing is fetched from anywhere. A key binding is not checked.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(type = SchemaType.OBJECT),
              examples =
                  @ExampleObject(
                      name = "link",
                      value =
                          "{\"link\": \"http://localhost:8080/c/AY3kq0o2Zz8mVb1tQx7Jr5nUe9sLwCfDhGpT\"}")))
  @APIResponse(
      responseCode = "200",
      description = "What was found, whatever it is",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Verification.class),
              examples =
                  @ExampleObject(
                      name = "verified",
                      value =
                          """
                          {"verdict": "VERIFIED", "meaning": "This credential is genuine, unchanged and valid.",
                           "checks": [{"question": "Signature", "passed": true, "finding": "The signature fits; nothing was changed since it was signed."}],
                           "issuer": "did:web:issuer.example:orgs:acme"}
                          """)))
  @APIResponse(responseCode = "400", description = "That is nothing that can be verified")
  @APIResponse(responseCode = "413", description = "It is longer than any credential")
  public Response verify(InputStream body) throws IOException {
    return forEveryone(Response.ok(verifier.verify(submission(body)))).build();
  }

  @OPTIONS
  @Operation(hidden = true)
  public Response preflight() {
    return forEveryone(Response.noContent())
        .header("Access-Control-Allow-Methods", "POST, OPTIONS")
        .header("Access-Control-Allow-Headers", "Content-Type")
        .build();
  }

  /** What it is shows in itself, so a wrong label does no harm. */
  private static Submission submission(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(LONGEST + 1);
    if (bytes.length > LONGEST) {
      throw ProblemType.TOO_LARGE.because(
          "What is to be verified has at most %d bytes".formatted(LONGEST));
    }
    String text = new String(bytes, StandardCharsets.UTF_8).strip();
    if (!text.startsWith("{")) {
      return Submission.of(text);
    }
    JsonNode json;
    try {
      json = StrictJson.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw ProblemType.INVALID_BODY.because(
          "The body is no well-formed JSON; each member may stand in it once");
    }
    if (json.has("link")) {
      Submission submission = Submission.of(json.path("link"));
      if (submission instanceof Submission.Link) {
        return submission;
      }
      throw ProblemType.INVALID_BODY.because(
          "link is the address of a certificate page, such as http://localhost:8080/c/...");
    }
    return Submission.of(json.has("credential") ? json.path("credential") : json);
  }

  private static Response.ResponseBuilder forEveryone(Response.ResponseBuilder response) {
    return response
        .header("Access-Control-Allow-Origin", "*")
        .header("Cache-Control", "no-store")
        .header("X-Content-Type-Options", "nosniff");
  }
}
