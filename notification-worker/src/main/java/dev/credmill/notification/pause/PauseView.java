package dev.credmill.notification.pause;

import dev.credmill.contracts.event.Medium;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A pause as callers see it. */
@Schema(name = "SendingPause")
record PauseView(
    Medium medium,
    Instant since,
    @Schema(description = "How many of the latest messages came back", examples = "51")
        int undelivered,
    @Schema(description = "Why, and what to do") String detail) {

  static PauseView of(Pauses.Pause pause, int latest) {
    return new PauseView(
        pause.medium(),
        pause.since(),
        pause.undelivered(),
        "%d of your latest %d messages did not arrive, so the others wait. See GET /v1/batches/{id}/delivery-report for why, drop or correct the rows with bad contacts, then have the rest go on: DELETE /v1/sending-pauses/%s"
            .formatted(pause.undelivered(), latest, pause.medium()));
  }

  /** All there are. */
  @Schema(name = "SendingPauses")
  record Listed(List<PauseView> items) {}
}
