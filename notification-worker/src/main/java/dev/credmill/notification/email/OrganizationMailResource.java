package dev.credmill.notification.email;

import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.mail.OrganizationMail;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.delivery.Attempt;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Sends a mail for another service ({@link dev.credmill.contracts.mail.OrganizationMailClient}) and
 * says at once what came of it. Nothing is kept: whoever asks tries again.
 */
@Path("/internal/mails")
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.SERVICE)
class OrganizationMailResource {
  private final OrganizationMails mails;
  private final MailServers servers;
  private final Duration timeout;

  OrganizationMailResource(
      OrganizationMails mails, MailServers servers, NotificationConfig config) {
    this.mails = mails;
    this.servers = servers;
    this.timeout = config.sendTimeout();
  }

  @POST
  @RunOnVirtualThread
  @Operation(hidden = true)
  public void send(@NotNull(message = "is missing") OrganizationMail body) {
    Mail mail;
    try {
      mail = mails.written(body);
    } catch (IllegalArgumentException _) {
      throw ProblemType.MESSAGE_NOT_DELIVERED.because("The address cannot be written to");
    }
    switch (servers.platform().send(mail, System.nanoTime() + timeout.toNanos())) {
      case Attempt.Taken _ -> {}
      case Attempt.Refused refused ->
          throw ProblemType.MESSAGE_NOT_DELIVERED.because(refused.words());
      case Attempt.Postponed postponed -> throw ProblemType.UNAVAILABLE.because(postponed.words());
      case Attempt.Deferred deferred -> throw ProblemType.UNAVAILABLE.because(deferred.words());
      case Attempt.Uncertain uncertain -> throw ProblemType.UNAVAILABLE.because(uncertain.words());
      case Attempt.Unreachable unreachable ->
          throw ProblemType.UNAVAILABLE.because(unreachable.words());
    }
  }
}
