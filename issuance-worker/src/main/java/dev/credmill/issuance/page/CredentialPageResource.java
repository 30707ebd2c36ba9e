package dev.credmill.issuance.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.credmill.certificate.Attachment;
import dev.credmill.certificate.BakedPng;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.IssuanceRole;
import dev.credmill.issuance.credential.CredentialStore;
import dev.credmill.issuance.credential.StoredCredential;
import dev.credmill.issuance.integrity.EmbeddedProofs;
import dev.credmill.issuance.verify.Verdict;
import dev.credmill.issuance.verify.Verification;
import dev.credmill.issuance.verify.Verifier;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Variant;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;

/**
 * The Cred_URL: a credential's page, its pictures and the credential itself, for whoever has the
 * link. Whatever is wrong with a token, the answer is the same.
 */
@PermitAll
@Path("/c")
@Tag(
    name = "Certificates",
    description = "The pages behind the Cred_URLs; public for whoever has the link")
class CredentialPageResource {
  private static final Logger LOG = Logger.getLogger(CredentialPageResource.class);

  /** ACTIVE, SUSPENDED or REVOKED at the moment of the answer. */
  private static final String VALIDITY = "Credential-Validity";

  private static final String TOKEN = "The last part of the Cred_URL";
  private static final String EXAMPLE = "AY3kq0o2Zz8mVb1tQx7Jr5nUe9sLwCfDhGpT";
  private static final String NOT_FOUND =
      "There is no credential at this address; nothing more is told";
  private static final String BUSY =
      "Too much is being rendered; `Retry-After` says when to come again";
  private static final int COME_AGAIN_SECONDS = 5;

  /** A picture needs nothing but its own styles, and must not run when it is opened by itself. */
  private static final String PICTURE_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'";

  private static final String DATA_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

  private static final MediaType VC_JWT = MediaType.valueOf(Media.VC_JWT);
  private static final MediaType VC = MediaType.valueOf(Media.VC);
  private static final List<Variant> OF_A_CREDENTIAL =
      Variant.mediaTypes(MediaType.TEXT_HTML_TYPE, VC_JWT, VC, MediaType.APPLICATION_JSON_TYPE)
          .build();
  private static final List<Variant> OF_A_PROBLEM =
      Variant.mediaTypes(
              MediaType.TEXT_HTML_TYPE,
              MediaType.valueOf(Media.PROBLEM),
              MediaType.APPLICATION_JSON_TYPE)
          .build();

  private final CredentialStore credentials;
  private final Presenting presenting;
  private final Verifier verifier;
  private final EmbeddedProofs proofs;
  private final Rendering rendering;
  private final Stylesheet style;
  private final IssuanceConfig config;
  private final Moment moment;

  CredentialPageResource(
      CredentialStore credentials,
      Presenting presenting,
      Verifier verifier,
      EmbeddedProofs proofs,
      Rendering rendering,
      Stylesheet style,
      IssuanceConfig config,
      Moment moment) {
    this.credentials = credentials;
    this.presenting = presenting;
    this.verifier = verifier;
    this.proofs = proofs;
    this.rendering = rendering;
    this.style = style;
    this.config = config;
    this.moment = moment;
  }

  @GET
  @Path("/{token}")
  @Operation(
      operationId = "getCredentialPage",
      summary = "The page of a credential",
      description =
          "What a recipient and a verifier see: the certificate, its claims, and what checking the"
              + " signature, the issuer's key, the status and the dates has just now shown. With"
              + " `Accept: application/vc+jwt`, `application/vc` or `application/json` it is the credential itself.")
  @APIResponse(
      responseCode = "200",
      description = "The page, or the credential",
      content = {
        @Content(
            mediaType = MediaType.TEXT_HTML,
            examples =
                @ExampleObject(name = "page", value = "<!DOCTYPE html><html lang=\"en\">...")),
        @Content(
            mediaType = Media.VC_JWT,
            examples =
                @ExampleObject(
                    name = "jwt",
                    value = "eyJhbGciOiJFZERTQSIsInR5cCI6InZjK2p3dCJ9.eyJpZCI6Ii4uLiJ9.c2ln"))
      })
  @APIResponse(
      responseCode = "404",
      description = NOT_FOUND,
      content = {@Content(mediaType = MediaType.TEXT_HTML), @Content(mediaType = Media.PROBLEM)})
  public Response page(
      @Parameter(description = TOKEN, example = EXAMPLE) @RestPath String token,
      @Context Request request) {
    Optional<StoredCredential> found = find(token);
    if (found.isEmpty()) {
      return notFound(request);
    }
    Variant wanted = request.selectVariant(OF_A_CREDENTIAL);
    if (wanted == null || wanted.getMediaType().isCompatible(MediaType.TEXT_HTML_TYPE)) {
      return html(found.get());
    }
    return (wanted.getMediaType().equals(VC_JWT)
            ? secured(found.get())
            : plain(found.get(), wanted.getMediaType()))
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .build();
  }

  @GET
  @Path("/{token}.pdf")
  @Produces({"application/pdf", "*/*"})
  @Operation(
      operationId = "getCertificatePdf",
      summary = "The certificate as PDF",
      description = "One page of vectors, with the signed credential embedded as `credential.jwt`.")
  @APIResponse(
      responseCode = "200",
      description = "The PDF",
      content =
          @Content(
              mediaType = "application/pdf",
              examples = @ExampleObject(name = "pdf", value = "%PDF-1.6 ...")))
  @APIResponse(
      responseCode = "404",
      description = NOT_FOUND,
      content = @Content(mediaType = Media.PROBLEM))
  @APIResponse(
      responseCode = "503",
      description = BUSY,
      content = @Content(mediaType = Media.PROBLEM))
  public Response pdf(
      @Parameter(description = TOKEN, example = EXAMPLE) @RestPath String token,
      @Context Request request) {
    return picture(token, PictureFormat.PDF, request);
  }

  @GET
  @Path("/{token}.png")
  @Produces({"image/png", "*/*"})
  @Operation(
      operationId = "getCertificatePng",
      summary = "The certificate as PNG",
      description = "A picture for sharing.")
  @APIResponse(
      responseCode = "200",
      description = "The PNG",
      content =
          @Content(
              mediaType = "image/png",
              examples = @ExampleObject(name = "png", value = "\\x89PNG ...")))
  @APIResponse(
      responseCode = "404",
      description = NOT_FOUND,
      content = @Content(mediaType = Media.PROBLEM))
  @APIResponse(
      responseCode = "503",
      description = BUSY,
      content = @Content(mediaType = Media.PROBLEM))
  public Response png(
      @Parameter(description = TOKEN, example = EXAMPLE) @RestPath String token,
      @Context Request request) {
    return picture(token, PictureFormat.PNG, request);
  }

  @GET
  @Path("/{token}.svg")
  @Produces({"image/svg+xml", "*/*"})
  @Operation(
      operationId = "getCertificateSvg",
      summary = "The certificate as SVG",
      description = "The picture on the page; its texts are outlines, so it needs no fonts.")
  @APIResponse(
      responseCode = "200",
      description = "The SVG",
      content =
          @Content(
              mediaType = "image/svg+xml",
              examples =
                  @ExampleObject(
                      name = "svg",
                      value = "<svg xmlns=\"http://www.w3.org/2000/svg\">...</svg>")))
  @APIResponse(
      responseCode = "404",
      description = NOT_FOUND,
      content = @Content(mediaType = Media.PROBLEM))
  @APIResponse(
      responseCode = "503",
      description = BUSY,
      content = @Content(mediaType = Media.PROBLEM))
  public Response svg(
      @Parameter(description = TOKEN, example = EXAMPLE) @RestPath String token,
      @Context Request request) {
    return picture(token, PictureFormat.SVG, request);
  }

  @GET
  @Path("/{token}.jwt")
  @Produces({Media.VC_JWT, "*/*"})
  @Operation(
      operationId = "getCredentialJwt",
      summary = "The signed credential",
      description = "The credential secured as `vc+jwt` (VC-JOSE-COSE), for wallets and verifiers.")
  @APIResponse(
      responseCode = "200",
      description = "The compact JWS",
      content =
          @Content(
              mediaType = Media.VC_JWT,
              examples =
                  @ExampleObject(
                      name = "jwt",
                      value = "eyJhbGciOiJFZERTQSIsInR5cCI6InZjK2p3dCJ9.eyJpZCI6Ii4uLiJ9.c2ln")))
  @APIResponse(
      responseCode = "404",
      description = NOT_FOUND,
      content = @Content(mediaType = Media.PROBLEM))
  public Response jwt(
      @Parameter(description = TOKEN, example = EXAMPLE) @RestPath String token,
      @Context Request request) {
    return find(token)
        .map(found -> named(secured(found), Attachment.CREDENTIAL).build())
        .orElseGet(() -> notFound(request));
  }

  @GET
  @Path("/{token}.json")
  @Produces({Media.VC, "*/*"})
  @Operation(
      operationId = "getCredentialJson",
      summary = "The credential as JSON",
      description =
          "The credential that was signed, to be read; it proves nothing without its signature,"
              + " which `.jwt` has.")
  @APIResponse(
      responseCode = "200",
      description = "The credential",
      content =
          @Content(
              mediaType = Media.VC,
              examples =
                  @ExampleObject(
                      name = "credential",
                      value =
                          """
                          {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"],
                           "credentialSubject": {"fullName": "Ada Lovelace"}}
                          """)))
  @APIResponse(
      responseCode = "404",
      description = NOT_FOUND,
      content = @Content(mediaType = Media.PROBLEM))
  public Response json(
      @Parameter(description = TOKEN, example = EXAMPLE) @RestPath String token,
      @Context Request request) {
    return find(token)
        .map(found -> named(plain(found, VC), "credential.json").build())
        .orElseGet(() -> notFound(request));
  }

  private Optional<StoredCredential> find(String token) {
    return config.roles().contains(IssuanceRole.PUBLISH)
        ? credentials.byToken(token)
        : Optional.empty();
  }

  private Response html(StoredCredential stored) {
    Presented credential = presented(stored);
    Verification verification = verifier.verify(stored);
    String replacement =
        verification.verdict() == Verdict.REVOKED
            ? credentials.replacement(stored).orElse(null)
            : null;
    String html =
        Pages.certificate(CredentialPage.of(credential, verification, replacement, moment.now()))
            .render();
    // What it says of validity is true now, so no cache may say it later.
    return PublicResponse.guarded(
            Response.ok(html)
                .type(MediaType.TEXT_HTML_TYPE.withCharset(UTF_8.name()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT),
            style.policy())
        .build();
  }

  private Presented presented(StoredCredential stored) {
    try {
      return presenting.present(stored);
    } catch (WebApplicationException | ProcessingException e) {
      LOG.warnf("a page is shown without the registry: %s", e.getClass().getSimpleName());
      return presenting.presentAlone(stored);
    }
  }

  private Response picture(String token, PictureFormat format, Request request) {
    Optional<StoredCredential> found = find(token);
    if (found.isEmpty()) {
      return notFound(request);
    }
    Presented credential;
    try {
      credential = presenting.present(found.get());
    } catch (WebApplicationException | ProcessingException e) {
      LOG.warnf("a certificate waits for the registry: %s", e.getClass().getSimpleName());
      return busy();
    }
    return rendering
        .render(credential, format)
        .map(bytes -> baked(bytes, found.get(), credential, format))
        .map(
            bytes ->
                named(
                        PublicResponse.guarded(
                            Response.ok(bytes)
                                .type(format.mediaType())
                                .header(HttpHeaders.CACHE_CONTROL, "private, max-age=300"),
                            PICTURE_POLICY),
                        fileName(credential.title(), format))
                    .build())
        .orElseGet(CredentialPageResource::busy);
  }

  /** The picture of an Open Badge carries the badge, where it has a proof of its own. */
  private byte[] baked(
      byte[] picture, StoredCredential stored, Presented credential, PictureFormat format) {
    boolean badge = credential.signed().path("type").toString().contains("\"OpenBadgeCredential\"");
    return switch (format) {
      case PNG ->
          badge
              ? proofs
                  .secured(stored)
                  .map(secured -> BakedPng.of(picture, secured.toString()))
                  .orElse(picture)
              : picture;
      case PDF, SVG -> picture;
    };
  }

  private ResponseBuilder secured(StoredCredential stored) {
    return forVerifiers(stored, Response.ok(stored.jwt()).type(VC_JWT));
  }

  private ResponseBuilder plain(StoredCredential stored, MediaType type) {
    return forVerifiers(stored, Response.ok(proofs.json(stored).getBytes(UTF_8)).type(type));
  }

  /**
   * Verifiers run in browsers too; the link is the secret, no cookie adds to it. What was signed
   * never changes, so what became of it since stands beside it.
   */
  private ResponseBuilder forVerifiers(StoredCredential stored, ResponseBuilder response) {
    return PublicResponse.guarded(
        response
            .header("Access-Control-Allow-Origin", "*")
            .header("Access-Control-Expose-Headers", VALIDITY)
            .header(VALIDITY, credentials.validity(stored).name())
            .header(HttpHeaders.CACHE_CONTROL, "private, no-cache"),
        DATA_POLICY);
  }

  private static ResponseBuilder named(ResponseBuilder response, String fileName) {
    return response.header(
        HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"" + fileName + "\"");
  }

  /** Only plain letters and digits go into a header. */
  private static String fileName(String title, PictureFormat format) {
    String plain =
        Normalizer.normalize(title, Normalizer.Form.NFD)
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\p{M}+", "")
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    String base =
        plain.isEmpty() ? "certificate" : plain.substring(0, Math.min(60, plain.length()));
    return base + "." + format.extension();
  }

  private Response notFound(Request request) {
    Variant wanted = request.selectVariant(OF_A_PROBLEM);
    boolean page = wanted == null || wanted.getMediaType().equals(MediaType.TEXT_HTML_TYPE);
    ResponseBuilder response =
        page
            ? Response.status(Response.Status.NOT_FOUND)
                .type(MediaType.TEXT_HTML_TYPE.withCharset(UTF_8.name()))
                .entity(
                    Pages.nothing(
                            "There is no credential at this address",
                            "The link may be incomplete. Copy the whole of it from the message in which it came, or ask whoever gave it to you.")
                        .render())
            : problem(
                ProblemType.NOT_FOUND,
                "There is no credential at this address; use the whole link as it was sent");
    return PublicResponse.guarded(
            response
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT),
            style.policy())
        .build();
  }

  private static Response busy() {
    return PublicResponse.guarded(
            problem(
                    ProblemType.UNAVAILABLE,
                    "The certificate cannot be rendered at the moment; ask again in a few seconds")
                .header(HttpHeaders.RETRY_AFTER, COME_AGAIN_SECONDS)
                .header(HttpHeaders.CACHE_CONTROL, "no-store"),
            DATA_POLICY)
        .build();
  }

  private static ResponseBuilder problem(ProblemType type, String detail) {
    return Response.status(type.status()).type(Media.PROBLEM).entity(Problem.of(type, detail));
  }
}
