package dev.credmill.registry.internal;

import dev.credmill.certificate.CertificateValues;
import dev.credmill.certificate.Claims;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.preview.CertificatePreview;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.registry.definition.CredentialDefinitions;
import dev.credmill.registry.organization.Organization;
import dev.credmill.registry.organization.Organizations;
import dev.credmill.registry.template.CertificateTemplate;
import dev.credmill.registry.template.CertificateTemplates;
import dev.credmill.registry.template.Preview;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.function.BiFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Certificates for rows that are not issued ({@link
 * dev.credmill.contracts.preview.CertificatePreviewClient}), drawn here since this service has the
 * templates and the bounds for drawing them.
 */
@Path("/internal")
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.SERVICE)
class CertificatePreviewResource {
  private static final String NOT_ISSUED = "preview, not issued";
  private final CertificateTemplates templates;
  private final CredentialDefinitions definitions;
  private final Organizations organizations;
  private final Preview preview;

  CertificatePreviewResource(
      CertificateTemplates templates,
      CredentialDefinitions definitions,
      Organizations organizations,
      Preview preview) {
    this.templates = templates;
    this.definitions = definitions;
    this.organizations = organizations;
    this.preview = preview;
  }

  @POST
  @Path("/certificate-templates/{id}/preview.png")
  @Produces("image/png")
  @Operation(hidden = true)
  public byte[] png(
      @PathParam("id") String id, @NotNull(message = "is missing") CertificatePreview body) {
    return drawn(id, body, preview::png);
  }

  @POST
  @Path("/certificate-templates/{id}/preview.pdf")
  @Produces("application/pdf")
  @Operation(hidden = true)
  public byte[] pdf(
      @PathParam("id") String id, @NotNull(message = "is missing") CertificatePreview body) {
    return drawn(id, body, preview::pdf);
  }

  private byte[] drawn(
      String id,
      CertificatePreview wanted,
      BiFunction<CertificateTemplate, CertificateValues, byte[]> drawing) {
    CertificateTemplate template =
        templates.of(wanted.organization(), id).orElseThrow(CertificatePreviewResource::none);
    CredentialDefinition definition =
        definitions
            .of(wanted.organization(), wanted.definitionId())
            .orElseThrow(CertificatePreviewResource::none)
            .asOthersKnowIt();
    Organization issuer =
        organizations.of(wanted.organization()).orElseThrow(CertificatePreviewResource::none);
    Locale locale = Locale.forLanguageTag(definition.display().locale());
    return drawing.apply(
        template,
        new CertificateValues(
            Claims.of(wanted.claims(), definition.claimsSchema(), locale),
            locale,
            definition.name(),
            issuer.name(),
            NOT_ISSUED,
            wanted.link(),
            wanted.validFrom(),
            wanted.validUntil()));
  }

  private static ProblemException none() {
    return ProblemType.NOT_FOUND.because("The registry knows none of that id");
  }
}
