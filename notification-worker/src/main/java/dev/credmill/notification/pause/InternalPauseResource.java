package dev.credmill.notification.pause;

import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.delivery.SendingPause;
import dev.credmill.contracts.id.OrganizationId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** The same for other services ({@link dev.credmill.contracts.delivery.SendingPauseClient}). */
@Path("/internal/sending-pauses")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.SERVICE)
class InternalPauseResource {
  private final Pauses pauses;

  InternalPauseResource(Pauses pauses) {
    this.pauses = pauses;
  }

  @GET
  @Path("/{organization}")
  @RunOnVirtualThread
  @Operation(hidden = true)
  public List<SendingPause> of(@RestPath String organization) {
    return pauses.of(new OrganizationId(organization));
  }
}
