package dev.credmill.issuance.vcapi;

import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Presentations by W3C's VC API, where it is switched on. */
@Path("/presentations")
@Tag(name = "VC API")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
class PresentationsResource {
  private final VcApi api;

  PresentationsResource(VcApi api) {
    this.api = api;
  }

  @POST
  @Path("/verify")
  @PermitAll
  @Operation(
      operationId = "vcApiVerifyPresentation",
      summary = "Verify a presentation",
      description =
          "With a Data Integrity proof by a did:key of its holder, and each credential in it. options.challenge and options.domain must be those of the proof, where they are given.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(type = SchemaType.OBJECT),
              examples =
                  @ExampleObject(
                      name = "one",
                      value =
                          """
                          {"verifiablePresentation": {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"],
                            "proof": {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "authentication",
                            "challenge": "n-0S6_WzA2Mj", "proofValue": "z3dgB2Ez"}}, "options": {"challenge": "n-0S6_WzA2Mj"}}
                          """)))
  @APIResponse(
      responseCode = "200",
      description = "It holds, with all in it",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Verified.class),
              examples =
                  @ExampleObject(
                      name = "holds",
                      value =
                          "{\"verified\": true, \"checks\": [{\"question\": \"Signature\", \"passed\": true}]}")))
  @APIResponse(responseCode = "400", description = "It does not hold; problemDetails says why")
  @APIResponse(responseCode = "404", description = "The VC API is off")
  public Response verify(InputStream body) throws IOException {
    VcApiRequests.Request request = VcApiRequests.read(body);
    return CredentialsResource.response(
        api.verifyPresentation(
            request.object("verifiablePresentation"),
            request.option("domain"),
            request.option("challenge")));
  }
}
