package dev.credmill.notification.delivery;

import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.preview.MessagePreview;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * What a message would say ({@link dev.credmill.contracts.preview.MessagePreviewClient}): asked for
 * by the event that would ask for sending it, checked and written as that one is. Nothing is
 * recorded.
 */
@Path("/internal/messages/preview")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.SERVICE)
class MessagePreviewResource {
  private final Instance<Sender> senders;
  private final Plausibility plausibility;
  private final Clock clock;

  MessagePreviewResource(@Any Instance<Sender> senders, Plausibility plausibility, Clock clock) {
    this.senders = senders;
    this.plausibility = plausibility;
    this.clock = clock;
  }

  @POST
  @Operation(hidden = true)
  public MessagePreview preview(@NotNull(message = "is missing") DeliveryRequested body) {
    Deliveries.Request request = plausibility.check(body);
    if (request.problem() != null) {
      throw new ProblemException(request.problem());
    }
    Sender sender =
        senders.stream()
            .filter(one -> one.medium() == body.medium())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("nobody sends " + body.medium()));
    try {
      return sender
          .preview(delivery(request.event()))
          .orElseThrow(
              () ->
                  ProblemType.NOT_FOUND.because(
                      "The organization has no such credential definition"));
    } catch (IllegalArgumentException e) {
      throw ProblemType.MESSAGE_NOT_DELIVERED.because(
          "Nobody can be written to at this contact; correct it in the row");
    }
  }

  private Delivery delivery(DeliveryRequested event) {
    return new Delivery(
        new DeliveryKey(event.row(), event.medium(), event.purpose(), event.generation()),
        event.organization(),
        event.definitionId(),
        event.contact(),
        event.name(),
        event.language(),
        event.link(),
        event.claimLink(),
        event.claimCode(),
        1,
        0,
        clock.instant());
  }
}
