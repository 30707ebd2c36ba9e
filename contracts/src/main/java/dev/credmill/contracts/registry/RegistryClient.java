package dev.credmill.contracts.registry;

import dev.credmill.contracts.access.Caller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestQuery;

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

  /**
   * The published definitions of an organization, all versions, newest first.
   *
   * @param cursor the {@code next} of the page before; null for the first
   */
  @GET
  @Path("/organizations/{id}/credential-definitions")
  DefinitionPage publishedDefinitions(String id, @RestQuery int limit, @RestQuery String cursor);

  @GET
  @Path("/certificate-templates/{id}")
  CertificateTemplate certificateTemplate(String id);
}
