package dev.credmill.issuance.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.issuance.credential.CredentialStore;
import dev.credmill.issuance.verify.Submissions;
import dev.credmill.issuance.verify.Verification;
import dev.credmill.issuance.verify.Verifier;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
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

/**
 * The page on which anyone verifies: a form that needs no script, and the answer of {@code POST
 * /v1/verify} for people.
 */
@PermitAll
@Path("/verify")
@Tag(name = "Verification", description = "What verifiers need; public")
class VerifyPageResource {
  private final Submissions submissions;
  private final Verifier verifier;
  private final CredentialStore credentials;
  private final Presenting presenting;
  private final Stylesheet style;
  private final Moment moment;

  VerifyPageResource(
      Submissions submissions,
      Verifier verifier,
      CredentialStore credentials,
      Presenting presenting,
      Stylesheet style,
      Moment moment) {
    this.submissions = submissions;
    this.verifier = verifier;
    this.credentials = credentials;
    this.presenting = presenting;
    this.style = style;
    this.moment = moment;
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  @Operation(
      operationId = "getVerifyPage",
      summary = "The page on which anyone verifies",
      description =
          "A form for a file, a link or a credential. It needs no script and loads nothing.")
  @APIResponse(
      responseCode = "200",
      description = "The page",
      content =
          @Content(
              mediaType = MediaType.TEXT_HTML,
              examples =
                  @ExampleObject(name = "page", value = "<!DOCTYPE html><html lang=\"en\">...")))
  public Response page() {
    return html(Response.Status.OK.getStatusCode(), VerifyPage.EMPTY);
  }

  @POST
  @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
  @Produces(MediaType.TEXT_HTML)
  @Blocking
  @Operation(
      operationId = "verifyOnPage",
      summary = "Verify, for people",
      description =
          "What the form of the page sends. The answer is that of `POST /v1/verify`, as a page.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_FORM_URLENCODED,
              schema = @Schema(type = SchemaType.OBJECT),
              examples =
                  @ExampleObject(
                      name = "link",
                      value =
                          "link=http%3A%2F%2Flocalhost%3A8080%2Fc%2FAY3kq0o2Zz8mVb1tQx7Jr5nUe9sLwCfDhGpT")))
  @APIResponse(
      responseCode = "200",
      description = "What was found, whatever it is",
      content =
          @Content(
              mediaType = MediaType.TEXT_HTML,
              examples =
                  @ExampleObject(name = "page", value = "<!DOCTYPE html><html lang=\"en\">...")))
  @APIResponse(
      responseCode = "400",
      description = "That is nothing that can be verified; the page says why",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  public Response verify(
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
      InputStream body)
      throws IOException {
    try {
      Verification verification = verifier.verify(submissions.readForm(contentType, body));
      return html(
          Response.Status.OK.getStatusCode(),
          VerifyPage.of(verification, known(verification), moment.now()));
    } catch (ProblemException e) {
      return html(e.problem().status(), VerifyPage.of(e.problem()));
    }
  }

  /**
   * A credential that was issued here with what the catalogue says of its looks. That it has the
   * number of one proves nothing: whoever signed this one must have issued that one.
   */
  private Optional<Presented> known(Verification verification) {
    if (verification.credential() == null) {
      return Optional.empty();
    }
    return credentials
        .byId(verification.credential().path("id").asText())
        .filter(stored -> stored.key().did().equals(verification.issuer()))
        .flatMap(
            stored -> {
              try {
                return Optional.of(presenting.present(stored, verification.credential()));
              } catch (WebApplicationException | ProcessingException e) {
                return Optional.empty();
              }
            });
  }

  private Response html(int status, VerifyPage page) {
    return PublicResponse.guarded(
            Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset(UTF_8.name()))
                .entity(Pages.verify(page).render())
                .header(HttpHeaders.CACHE_CONTROL, "no-store"),
            style.policyWithForm())
        .build();
  }
}
