package dev.credmill.notification.callback;

import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.NotificationConfig.EmailConfig.Callbacks;
import dev.credmill.notification.callback.postmark.Credentials;
import dev.credmill.notification.callback.sendgrid.VerificationKey;
import dev.credmill.notification.callback.ses.TopicArn;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The platform's own accounts, from the configuration; what is wrong there stops the start. */
@Startup
@ApplicationScoped
class PlatformCallbacks {
  private final Optional<CallbackSettings> ses;
  private final Optional<CallbackSettings> postmark;
  private final Optional<CallbackSettings> sendGrid;

  PlatformCallbacks(NotificationConfig config) {
    Callbacks callbacks = config.email().callbacks();
    this.ses = callbacks.ses().topicArn().map(TopicArn::new).map(CallbackSettings.Ses::new);
    this.postmark = postmark(callbacks.postmark());
    this.sendGrid =
        callbacks
            .sendgrid()
            .publicKey()
            .map(VerificationKey::new)
            .map(CallbackSettings.SendGrid::new);
  }

  private static Optional<CallbackSettings> postmark(Callbacks.Postmark config) {
    if (config.user().isPresent() != config.password().isPresent()) {
      throw new IllegalArgumentException(
          "notification.email.callbacks.postmark needs both user and password");
    }
    return config
        .user()
        .map(user -> Credentials.of(user, config.password().orElseThrow()))
        .map(CallbackSettings.Postmark::new);
  }

  Optional<CallbackSettings> find(Provider provider) {
    return switch (provider) {
      case SES -> ses;
      case POSTMARK -> postmark;
      case SENDGRID -> sendGrid;
    };
  }
}
