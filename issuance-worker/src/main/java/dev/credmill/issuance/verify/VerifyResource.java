package dev.credmill.issuance.verify;

import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Verifies for whoever asks; keeps nothing of what was sent. */
@PermitAll
@Path("/v1/verify")
@Tag(name = "Verification", description = "What verifiers need; public")
class VerifyResource {
  private final Verifier verifier;
  private final Submissions submissions;

  VerifyResource(Verifier verifier, Submissions submissions) {
    this.verifier = verifier;
    this.submissions = submissions;
  }

  /** What is sent as JSON, for the documentation. */
  @Schema(name = "ToVerify")
  static final class Json {
    @Schema(
        description = "The link of a certificate page; with `.json` at its end, that JSON",
        examples = "http://localhost:8080/c/AY3kq0o2Zz8mVb1tQx7Jr5nUe9sLwCfDhGpT")
    public String link;

    @Schema(
        description =
            "Instead of a link: a `vc+jwt` or an SD-JWT VC as a string, a credential with its proof, or an `EnvelopedVerifiableCredential`",
        examples = "eyJhbGciOiJFZERTQSIsInR5cCI6InZjK2p3dCJ9.eyJpZCI6Ii4uLiJ9.c2ln")
    public String credential;

    @Schema(
        description =
            "With an SD-JWT that was shown to you: the nonce that you had asked its holder to sign",
        examples = "n-0S6_WzA2Mj")
    public String nonce;

    @Schema(
        description = "With nonce: how you had called yourself",
        examples = "https://verifier.example")
    public String aud;
  }

  /** The parts of a form, for the documentation. */
  @Schema(name = "FormToVerify", description = "One of the parts")
  static final class Form {
    @Schema(
        type = SchemaType.STRING,
        format = "binary",
        description = "Any of the kinds, or a PDF or the picture of an Open Badge from here")
    public String file;

    @Schema(description = "Any of the kinds that are text")
    public String credential;

    @Schema(description = "The link of a certificate page")
    public String link;
  }

  @POST
  @Consumes({
    MediaType.APPLICATION_JSON,
    "application/vc+jwt",
    "application/vc",
    "application/dc+sd-jwt",
    MediaType.TEXT_PLAIN,
    "application/pdf",
    "image/png",
    MediaType.APPLICATION_OCTET_STREAM,
    MediaType.MULTIPART_FORM_DATA
  })
  @Produces(MediaType.APPLICATION_JSON)
  @Blocking
  @Operation(
      operationId = "verify",
      summary = "Verify a credential",
      description =
          "A `vc+jwt`, an SD-JWT VC, a JSON credential with its Data Integrity proof, the PDF of a certificate or the"
              + " picture of an Open Badge from here, or the link of a certificate page: as `credential` or `link` in JSON,"
              + " as it is, or as a part of a form. What it is shows in its first bytes, not in its name or type. Needs no key."
              + " Issuers that are hosted here and did:key are known; nothing is fetched from anywhere, and nothing is kept."
              + " The key binding of an SD-JWT is checked with the `nonce` and `aud` that its holder was asked to sign. curl -F file=@diploma.pdf http://localhost:8080/v1/verify")
  @RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Json.class),
            examples =
                @ExampleObject(
                    name = "link",
                    value =
                        "{\"link\": \"http://localhost:8080/c/AY3kq0o2Zz8mVb1tQx7Jr5nUe9sLwCfDhGpT\"}")),
        @Content(
            mediaType = MediaType.MULTIPART_FORM_DATA,
            schema = @Schema(implementation = Form.class)),
        @Content(
            mediaType = "application/pdf",
            schema = @Schema(type = SchemaType.STRING, format = "binary"))
      })
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
  @APIResponse(responseCode = "404", description = "There is no certificate at that link")
  @APIResponse(responseCode = "413", description = "It is longer than any credential")
  @APIResponse(responseCode = "422", description = "The PDF is broken, encrypted, or swells")
  @APIResponse(responseCode = "503", description = "Many PDFs are being read; come again")
  public Response verify(
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
      InputStream body)
      throws IOException {
    Submission submission =
        MediaType.valueOf(contentType).isCompatible(MediaType.MULTIPART_FORM_DATA_TYPE)
            ? submissions.readForm(contentType, body)
            : submissions.read(body);
    return forEveryone(Response.ok(verifier.verify(submission))).build();
  }

  @OPTIONS
  @Operation(hidden = true)
  public Response preflight() {
    return forEveryone(Response.noContent())
        .header("Access-Control-Allow-Methods", "POST, OPTIONS")
        .header("Access-Control-Allow-Headers", "Content-Type")
        .build();
  }

  private static Response.ResponseBuilder forEveryone(Response.ResponseBuilder response) {
    return response
        .header("Access-Control-Allow-Origin", "*")
        .header("Cache-Control", "no-store")
        .header("X-Content-Type-Options", "nosniff");
  }
}
