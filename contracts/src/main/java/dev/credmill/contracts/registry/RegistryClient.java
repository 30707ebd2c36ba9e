package dev.credmill.contracts.registry;

import dev.credmill.contracts.access.Caller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What the schema registry answers the other services. 404 where there is no such thing. */
@Path("/internal")
@RegisterRestClient(configKey = "schema-registry")
@ClientHeaderParam(name = "Authorization", value = "Bearer ${credmill.service-token}")
public interface RegistryClient {
  @GET
  @Path("/api-keys/{hash}")
  Caller caller(String hash);

  @GET
  @Path("/organizations/{id}")
  Organization organization(String id);

  @GET
  @Path("/credential-definitions/{id}")
  CredentialDefinition definition(String id);

  @GET
  @Path("/certificate-templates/{id}")
  CertificateTemplate certificateTemplate(String id);
}
