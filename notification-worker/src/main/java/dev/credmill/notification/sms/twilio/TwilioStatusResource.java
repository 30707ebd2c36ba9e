package dev.credmill.notification.sms.twilio;

import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.delivery.Report;
import dev.credmill.notification.delivery.Reports;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/**
 * What Twilio calls when a message has come further. Nobody logs in here: the signature says who
 * calls, and it covers the address, which is made of {@code credmill.public-url} and not of what
 * the request claims.
 */
@Path(StatusCallback.PATH)
@PermitAll
class TwilioStatusResource {
  private final Optional<String> authToken;
  private final StatusCallback callback;
  private final Reports reports;
  private final Clock clock;

  TwilioStatusResource(
      NotificationConfig config, StatusCallback callback, Reports reports, Clock clock) {
    this.authToken = config.sms().twilio().authToken();
    this.callback = callback;
    this.reports = reports;
    this.clock = clock;
  }

  @POST
  @Path("/{message}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @RunOnVirtualThread
  @Operation(hidden = true)
  public void take(
      @RestPath String message,
      @HeaderParam("X-Twilio-Signature") String signature,
      MultivaluedMap<String, String> form) {
    UUID id = uuid(message).orElseThrow(() -> ProblemType.NOT_FOUND.because("No such message"));
    if (authToken.isEmpty()
        || !Signature.isValid(signature, authToken.get(), callback.of(id), form)) {
      throw ProblemType.FORBIDDEN.because("X-Twilio-Signature does not sign this call");
    }
    MessageState.of(form.getFirst("MessageStatus"), form.getFirst("ErrorCode"))
        .report(id, clock.instant())
        .ifPresent(report -> reports.add(List.<Report>of(report)));
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
