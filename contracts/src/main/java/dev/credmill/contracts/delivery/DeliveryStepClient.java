package dev.credmill.contracts.delivery;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What the notification worker knows of a row's messages, the oldest step first. */
@Path("/internal/deliveries")
@Produces(MediaType.APPLICATION_JSON)
@RegisterRestClient(configKey = "delivery-step")
@ClientHeaderParam(name = "Authorization", value = "Bearer ${credmill.service-token}")
public interface DeliveryStepClient {
  /** Empty for a row that nothing was sent of. */
  @GET
  @Path("/{batch}/{row}")
  List<DeliveryStep> of(@PathParam("batch") String batch, @PathParam("row") int row);
}
