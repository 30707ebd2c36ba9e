package dev.credmill.contracts.credential;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/**
 * Which row a credential is of, computed from its id by the issuance worker: nobody keeps an index
 * on a random value. 404 where it made no such id.
 */
@Path("/internal/credentials/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RegisterRestClient(configKey = "credential-lookup")
@ClientHeaderParam(name = "Authorization", value = "Bearer ${credmill.service-token}")
public interface CredentialLookupClient {
  /**
   * @param id the credential's {@code id}, as {@code urn:uuid:}
   */
  @GET
  CredentialRow row(String id);
}
