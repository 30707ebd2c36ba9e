package dev.credmill.notification.delivery;

import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.delivery.DeliveryStep;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.problem.ProblemType;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** What became of a row's messages ({@link dev.credmill.contracts.delivery.DeliveryStepClient}). */
@Path("/internal/deliveries")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.SERVICE)
class DeliveryStepResource {
  private final Deliveries deliveries;

  DeliveryStepResource(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  @GET
  @Path("/{batch}/{row}")
  @RunOnVirtualThread
  @Operation(hidden = true)
  public List<DeliveryStep> of(@RestPath String batch, @RestPath int row) {
    BatchId id =
        BatchId.parse(batch)
            .orElseThrow(() -> ProblemType.NOT_FOUND.because("There is no such batch"));
    return deliveries.steps(new RowId(id, row));
  }
}
