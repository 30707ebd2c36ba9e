package dev.credmill.batch.status;

import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.id.BatchId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** The answer to whatever makes a batch: 202, the batch as it is now, and where to watch it. */
@ApplicationScoped
public class AcceptedBatch {
  private final BatchOverview overview;

  AcceptedBatch(BatchOverview overview) {
    this.overview = overview;
  }

  public Response response(Caller caller, BatchId id) {
    return Response.accepted(overview.find(caller, id).orElseThrow())
        .location(URI.create("/v1/batches/" + id))
        .header("Retry-After", 1)
        .build();
  }
}
