package dev.credmill.contracts.credential;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** As {@link CredentialLookupClient}, many at once. */
@Path("/internal/credential-rows")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RegisterRestClient(configKey = "credential-lookup")
@ClientHeaderParam(name = "Authorization", value = "Bearer ${credmill.service-token}")
public interface CredentialRowsClient {
  /** How many names are taken at once. */
  int MOST_NAMES = 1_000;

  /**
   * @param names ids of credentials, or last segments of Cred_URLs
   * @return for each name in its place the row, or null where the issuance worker made no such
   *     thing
   */
  @POST
  List<CredentialRow> rows(List<String> names);
}
