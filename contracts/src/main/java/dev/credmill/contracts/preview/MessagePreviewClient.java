package dev.credmill.contracts.preview;

import dev.credmill.contracts.event.DeliveryRequested;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Messages as the notification worker would write them; nothing is sent or recorded. */
@Path("/internal/messages/preview")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RegisterRestClient(configKey = "message-preview")
@ClientHeaderParam(name = "Authorization", value = "Bearer ${credmill.service-token}")
public interface MessagePreviewClient {
  @POST
  MessagePreview preview(DeliveryRequested message);
}
