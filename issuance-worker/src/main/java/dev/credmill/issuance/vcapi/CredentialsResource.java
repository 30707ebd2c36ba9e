package dev.credmill.issuance.vcapi;

import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.IssuanceRole;
import dev.credmill.issuance.integrity.Cryptosuite;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
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

/** Credentials by W3C's VC API, where it is switched on. */
@Path("/credentials")
@Tag(name = "VC API", description = "W3C's VC API, for tests of conformance; off by default")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
class CredentialsResource {
  private final VcApi api;
  private final IssuanceConfig config;
  private final CurrentCaller caller;

  CredentialsResource(VcApi api, IssuanceConfig config, CurrentCaller caller) {
    this.api = api;
    this.config = config;
    this.caller = caller;
  }

  @POST
  @Path("/issue")
  @RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
  @Operation(
      operationId = "vcApiIssue",
      summary = "Sign a credential",
      description =
          "Of the caller's organization, with options.cryptosuite (eddsa-rdfc-2022 or eddsa-jcs-2022) and, where options.credentialStatus asks for them, status entries. It is no row of a batch: nothing else of it is kept.")
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
                          {"credential": {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"],
                            "issuer": "did:web:issuer.example:orgs:acme", "credentialSubject": {"id": "did:example:ada"}},
                           "options": {"cryptosuite": "eddsa-rdfc-2022"}}
                          """)))
  @APIResponse(
      responseCode = "201",
      description = "The credential with its proof",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(type = SchemaType.OBJECT),
              examples =
                  @ExampleObject(
                      name = "one",
                      value =
                          """
                          {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"],
                           "issuer": "did:web:issuer.example:orgs:acme", "credentialSubject": {"id": "did:example:ada"},
                           "proof": {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "assertionMethod", "proofValue": "z3dgB2Ez"}}
                          """)))
  @APIResponse(responseCode = "400", description = "That is no credential of the organization")
  @APIResponse(responseCode = "404", description = "The VC API is off")
  public Response issue(InputStream body) throws IOException {
    VcApiRequests.Request request = VcApiRequests.read(body);
    mustSign();
    String wanted = request.option("cryptosuite");
    Cryptosuite suite =
        Cryptosuite.of(wanted == null ? Cryptosuite.EDDSA_RDFC_2022.text() : wanted)
            .orElseThrow(
                () ->
                    ProblemType.INVALID_BODY.because(
                        "options.cryptosuite is eddsa-rdfc-2022 or eddsa-jcs-2022"));
    return Response.status(Response.Status.CREATED)
        .entity(
            api.issue(
                caller.get().organization(),
                request.object("credential"),
                suite,
                request.statusPurposes()))
        .build();
  }

  @POST
  @Path("/status")
  @RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
  @Operation(
      operationId = "vcApiStatus",
      summary = "Change the status of a credential that was issued by the VC API",
      description =
          "Sets the entry, or clears it with `\"status\": false`, which a revocation does not allow. Its list is published when this answers.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(type = SchemaType.OBJECT),
              examples =
                  @ExampleObject(
                      name = "revoke",
                      value =
                          """
                          {"credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "94567",
                            "statusListCredential": "https://issuer.example/status-lists/5f0c9d5e-6a51-4c29-9f0e-0e2a6c1c7a11"}, "status": true}
                          """)))
  @APIResponse(responseCode = "204", description = "It is published")
  @APIResponse(responseCode = "404", description = "No such entry, or the VC API is off")
  @APIResponse(
      responseCode = "409",
      description = "What is revoked stays so",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(type = SchemaType.OBJECT),
              examples =
                  @ExampleObject(
                      name = "revoked",
                      value =
                          """
                          {"type": "urn:credmill:problem:conflict", "title": "That is not possible in the present state", "status": 409,
                           "detail": "What is revoked stays so; an entry of purpose suspension can be cleared"}
                          """)))
  public Response status(InputStream body) throws IOException {
    VcApiRequests.Request request = VcApiRequests.read(body);
    mustSign();
    api.changeStatus(
        caller.get().organization(),
        request.object("credentialStatus"),
        request.body().path("status").asBoolean(true));
    return Response.noContent().build();
  }

  private void mustSign() {
    if (!config.roles().contains(IssuanceRole.SIGN)) {
      throw ProblemType.UNAVAILABLE.because(
          "This process only publishes; have the call routed to one that signs (issuance.roles)");
    }
  }

  @POST
  @Path("/verify")
  @PermitAll
  @Operation(
      operationId = "vcApiVerify",
      summary = "Verify a credential",
      description =
          "With its Data Integrity proof, or enveloped. What /v1/verify says, as 200 or 400.")
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
                          {"verifiableCredential": {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["EnvelopedVerifiableCredential"],
                           "id": "data:application/vc+jwt,eyJhbGciOiJFZERTQSJ9.eyJpZCI6Ii4uLiJ9.c2ln"}}
                          """)))
  @APIResponse(
      responseCode = "200",
      description = "It holds",
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
    return response(api.verify(request.body().path("verifiableCredential")));
  }

  static Response response(Verified answer) {
    return Response.status(answer.verified() ? 200 : 400)
        .entity(answer)
        .header("Cache-Control", "no-store")
        .build();
  }
}
