package dev.credmill.contracts.mail;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/**
 * Has the notification worker send a mail. 204 once the mail server has it; 422 where it is refused
 * for good; 503 where it is to be tried again.
 */
@Path("/internal/mails")
@Consumes(MediaType.APPLICATION_JSON)
@RegisterRestClient(configKey = "organization-mail")
@ClientHeaderParam(name = "Authorization", value = "Bearer ${credmill.service-token}")
public interface OrganizationMailClient {
  @POST
  void send(OrganizationMail mail);
}
