package dev.credmill.notification.email.identity;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A sender identity as it is shown: without what is secret. */
@Schema(name = "SenderIdentity")
public record SenderIdentityView(
    @Schema(nullable = true, description = "The address that messages come from; null for ours")
        String from,
    @Schema(nullable = true, description = "The name before it; null for the organization's")
        String fromName,
    @Schema(nullable = true, description = "Whom recipients write to when they answer")
        String replyTo,
    @Schema(nullable = true, description = "Your mail server; null for ours") Server server,
    @Schema(nullable = true, description = "Where messages over your server come back to")
        Mailbox bounces,
    @Schema(nullable = true, description = "Messages that may begin in a minute over your server")
        Integer perMinute,
    Instant createdAt,
    Instant updatedAt) {

  static SenderIdentityView of(SenderIdentity identity) {
    return new SenderIdentityView(
        identity.from(),
        identity.fromName(),
        identity.replyTo(),
        identity.ownServer().map(Server::of).orElse(null),
        identity.bounces() == null ? null : Mailbox.of(identity.bounces()),
        identity.perMinute(),
        identity.createdAt(),
        identity.updatedAt());
  }

  /** A mail server as it is shown. */
  @Schema(name = "MailServer")
  public record Server(
      String host,
      int port,
      Security security,
      @Schema(nullable = true) String user,
      @Schema(description = "Whether there is a password; it is never shown") boolean passwordSet) {
    private static Server of(OwnServer server) {
      return new Server(
          server.host(),
          server.port(),
          server.security(),
          server.user(),
          server.password() != null);
    }
  }

  /** Where messages come back to, as it is shown. */
  @Schema(name = "BounceMailbox")
  public record Mailbox(
      String address,
      @Schema(nullable = true) String host,
      @Schema(nullable = true) Integer port,
      @Schema(nullable = true) Security security,
      @Schema(nullable = true) String user,
      @Schema(description = "Whether there is a password; it is never shown") boolean passwordSet,
      @Schema(nullable = true) String folder) {
    private static Mailbox of(Bounces bounces) {
      OwnMailbox read = bounces.mailbox();
      return read == null
          ? new Mailbox(bounces.address(), null, null, null, null, false, null)
          : new Mailbox(
              bounces.address(),
              read.host(),
              read.port(),
              read.security(),
              read.user(),
              true,
              read.folder());
    }
  }
}
