package dev.credmill.contracts.preview;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/**
 * Certificates drawn by the schema registry for credentials that were not issued, marked as such.
 * 503 where too much is being drawn.
 */
@Path("/internal/certificate-templates/{id}")
@Consumes(MediaType.APPLICATION_JSON)
@RegisterRestClient(configKey = "certificate-preview")
@ClientHeaderParam(name = "Authorization", value = "Bearer ${credmill.service-token}")
public interface CertificatePreviewClient {
  @POST
  @Path("/preview.png")
  @Produces("image/png")
  byte[] png(String id, CertificatePreview preview);

  @POST
  @Path("/preview.pdf")
  @Produces("application/pdf")
  byte[] pdf(String id, CertificatePreview preview);
}
