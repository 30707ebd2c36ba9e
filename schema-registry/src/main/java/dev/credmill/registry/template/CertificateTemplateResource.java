package dev.credmill.registry.template;

import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.registry.catalogue.Examples;
import dev.credmill.registry.catalogue.Page;
import dev.credmill.registry.catalogue.PageRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/certificate-templates")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Certificate templates", description = "How a certificate looks")
class CertificateTemplateResource {
  private static final int NARROWEST = 100;
  private static final int WIDEST = 2400;

  private static final String EXAMPLE =
      """
      {"id": "diploma-2026", "status": "DRAFT", "name": "Diploma, blue and gold", "placeholders": ["degree", "qrCode", "recipientName"],
       "sampleValues": {"degree": "Master of Science"}, "preview": "/v1/certificate-templates/diploma-2026/preview.png",
       "createdBy": "key-6f0d1a52", "createdAt": "2026-11-22T09:00:00Z"}
      """;
  private static final String BUSY =
      """
      {"type": "urn:credmill:problem:unavailable", "title": "Try again in a moment", "status": 503,
       "detail": "Too much is being drawn just now; send the request again after the seconds in Retry-After"}
      """;
  private final CertificateTemplates templates;
  private final Preview preview;
  private final CurrentCaller caller;

  CertificateTemplateResource(
      CertificateTemplates templates, Preview preview, CurrentCaller caller) {
    this.templates = templates;
    this.preview = preview;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Role.Name.ORG_ADMIN)
  @Operation(
      operationId = "createCertificateTemplate",
      summary = "Enter a certificate template",
      description =
          "SVG with placeholders such as {{degree}}. Built in are recipientName, issuerName, validFrom, validUntil, credentialId, credUrl and qrCode; every other one needs a sample value here and is a claim later. Refused are scripts and whatever is loaded from elsewhere. A template does not change; another version is another template.")
  @RequestBody(
      content =
          @Content(
              schema = @Schema(implementation = NewCertificateTemplate.class),
              examples =
                  @ExampleObject(
                      name = "small",
                      value =
                          """
                          {"id": "diploma-2026", "name": "Diploma, blue and gold", "sampleValues": {"degree": "Master of Science"},
                           "svg": "<svg xmlns=\\"http://www.w3.org/2000/svg\\" viewBox=\\"0 0 297 210\\"><text x=\\"20\\" y=\\"90\\">{{recipientName}}: {{degree}}</text></svg>"}
                          """)))
  @APIResponse(
      responseCode = "201",
      description = "Entered",
      content =
          @Content(
              schema = @Schema(implementation = CertificateTemplate.class),
              examples = @ExampleObject(name = "entered", value = EXAMPLE)))
  @APIResponse(
      responseCode = "409",
      description = "The id is taken",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "taken", value = Examples.ALREADY_EXISTS)))
  @APIResponse(
      responseCode = "422",
      description = "This cannot be a certificate template; every fault is named",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples =
                  @ExampleObject(
                      name = "fault",
                      value =
                          """
                          {"type": "urn:credmill:problem:certificate-template-invalid", "title": "This cannot be a certificate template", "status": 422,
                           "detail": "sampleValues: has no value for {{degree}}: add one, or correct the placeholder's name",
                           "errors": [{"field": "sampleValues", "code": "placeholder",
                                       "message": "has no value for {{degree}}: add one, or correct the placeholder's name"}]}
                          """)))
  public Response create(@NotNull(message = "is missing") @Valid NewCertificateTemplate body) {
    CertificateTemplate made = templates.create(caller.organization(), caller.get(), body);
    return Response.created(URI.create("/v1/certificate-templates/" + made.id()))
        .entity(made)
        .build();
  }

  @GET
  @RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
  @Operation(
      operationId = "listCertificateTemplates",
      summary = "List the certificate templates",
      description = "The organization's templates, newest first.")
  @APIResponse(
      responseCode = "200",
      description = "A page of templates",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      name = "page",
                      value = "{\"items\": [" + EXAMPLE + "], \"next\": null}")))
  public Page<CertificateTemplate> list(
      @Parameter(description = "How many at most: 1 to 200", example = "50") @QueryParam("limit")
          String limit,
      @Parameter(description = "The `next` of the page before") @QueryParam("cursor")
          String cursor) {
    return templates.page(caller.organization(), PageRequest.of(limit, cursor));
  }

  @GET
  @Path("/{id}")
  @RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
  @Operation(
      operationId = "getCertificateTemplate",
      summary = "Show a certificate template",
      description =
          "One template with its placeholders and sample values; the SVG is at /template.svg.")
  @APIResponse(
      responseCode = "200",
      description = "The template",
      content =
          @Content(
              schema = @Schema(implementation = CertificateTemplate.class),
              examples = @ExampleObject(name = "template", value = EXAMPLE)))
  @APIResponse(
      responseCode = "404",
      description = "There is none of that id in your organization",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "none", value = Examples.NOT_FOUND)))
  public CertificateTemplate get(
      @Parameter(description = "The template's id", example = "diploma-2026") @PathParam("id")
          String id) {
    return templates.of(caller.organization(), id).orElseThrow(CertificateTemplateResource::none);
  }

  @POST
  @Path("/{id}/publish")
  @RolesAllowed(Role.Name.ORG_ADMIN)
  @Operation(
      operationId = "publishCertificateTemplate",
      summary = "Publish a certificate template",
      description =
          "Needed only for a template that a batch asks for in place of its definition's; publishing a definition publishes its own template.")
  @APIResponse(
      responseCode = "200",
      description = "Published, now or earlier",
      content =
          @Content(
              schema = @Schema(implementation = CertificateTemplate.class),
              examples = @ExampleObject(name = "template", value = EXAMPLE)))
  @APIResponse(
      responseCode = "404",
      description = "There is none of that id in your organization",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "none", value = Examples.NOT_FOUND)))
  public CertificateTemplate publish(
      @Parameter(description = "The template's id", example = "diploma-2026") @PathParam("id")
          String id) {
    return templates
        .publish(caller.organization(), id)
        .orElseThrow(CertificateTemplateResource::none);
  }

  @GET
  @Path("/{id}/template.svg")
  @Produces("image/svg+xml")
  @RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
  @Operation(
      operationId = "downloadCertificateTemplate",
      summary = "Download the SVG of a certificate template",
      description =
          "The SVG as it was entered, with its placeholders, to work on the next version.")
  @APIResponse(
      responseCode = "200",
      description = "The SVG",
      content =
          @Content(
              mediaType = "image/svg+xml",
              examples =
                  @ExampleObject(
                      name = "svg",
                      value =
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 297 210\"><text x=\"20\" y=\"90\">{{recipientName}}</text></svg>")))
  public Response svg(
      @Parameter(description = "The template's id", example = "diploma-2026") @PathParam("id")
          String id) {
    // As a download and nothing else: what an organization wrote never runs on the platform's page.
    return Response.ok(get(id).svg())
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + id + ".svg\"")
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .build();
  }

  @GET
  @Path("/{id}/preview.png")
  @Produces("image/png")
  @RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
  @Operation(
      operationId = "previewCertificateTemplatePng",
      summary = "Preview a certificate template as PNG",
      description = "The certificate as it would look with the sample values.")
  @APIResponse(
      responseCode = "200",
      description = "The picture",
      content =
          @Content(
              mediaType = "image/png",
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(
      responseCode = "503",
      description = "Too much is being drawn just now; Retry-After says when to try again",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "busy", value = BUSY)))
  public byte[] png(
      @Parameter(description = "The template's id", example = "diploma-2026") @PathParam("id")
          String id,
      @Parameter(description = "Width in pixels: 100 to 2400; 1200 if left out", example = "1200")
          @QueryParam("width")
          String width) {
    return preview.png(get(id), width(width));
  }

  @GET
  @Path("/{id}/preview.pdf")
  @Produces("application/pdf")
  @RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
  @Operation(
      operationId = "previewCertificateTemplatePdf",
      summary = "Preview a certificate template as PDF",
      description = "The certificate as it would look with the sample values, on one page.")
  @APIResponse(
      responseCode = "200",
      description = "The page",
      content =
          @Content(
              mediaType = "application/pdf",
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(
      responseCode = "503",
      description = "Too much is being drawn just now; Retry-After says when to try again",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "busy", value = BUSY)))
  public Response pdf(
      @Parameter(description = "The template's id", example = "diploma-2026") @PathParam("id")
          String id) {
    return Response.ok(preview.pdf(get(id)))
        .header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"" + id + "-preview.pdf\"")
        .build();
  }

  private static int width(String text) {
    if (text == null) {
      return Preview.USUAL_WIDTH;
    }
    try {
      int width = Integer.parseInt(text);
      if (width >= NARROWEST && width <= WIDEST) {
        return width;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw ProblemType.INVALID_PARAMETER.because(
        "width must be a whole number of pixels from %d to %d".formatted(NARROWEST, WIDEST));
  }

  private static ProblemException none() {
    return ProblemType.NOT_FOUND.because(
        "There is no certificate template of that id, see GET /v1/certificate-templates");
  }
}
