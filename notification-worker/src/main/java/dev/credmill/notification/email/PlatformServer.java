package dev.credmill.notification.email;

import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.PublicAddress;
import dev.credmill.notification.server.AbortableSockets;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The mail server for all organizations that have none of their own, as it is configured. */
@ApplicationScoped
class PlatformServer implements MailServer {
  private final Entrance entrance;
  private final SmtpProperties properties;
  private final Duration patience;

  PlatformServer(NotificationConfig config, PublicAddress address) {
    NotificationConfig.EmailConfig email = config.email();
    Optional<String> user = email.user();
    this.patience = config.sendTimeout();
    this.entrance =
        new Entrance(
            List.of(email.host()),
            email.port(),
            user.orElse(null),
            user.flatMap(_ -> email.password()).orElse(null));
    this.properties =
        new SmtpProperties(patience, user.isPresent())
            .set("from", address.sender())
            .set("ssl.enable", email.tls())
            .set("starttls.enable", email.startTls().isTried())
            .set("starttls.required", email.startTls().isNeeded());
  }

  @Override
  public Connection connection() {
    return new Connection(properties.copy(), new AbortableSockets(), false, () -> entrance);
  }

  @Override
  public Duration patience() {
    return patience;
  }
}
