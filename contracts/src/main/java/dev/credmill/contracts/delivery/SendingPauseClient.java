package dev.credmill.contracts.delivery;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Over which media an organization's messages wait; mostly none. */
@Path("/internal/sending-pauses")
@Produces(MediaType.APPLICATION_JSON)
@RegisterRestClient(configKey = "sending-pause")
@ClientHeaderParam(name = "Authorization", value = "Bearer ${credmill.service-token}")
public interface SendingPauseClient {
  @GET
  @Path("/{organization}")
  List<SendingPause> of(@PathParam("organization") String organization);
}
