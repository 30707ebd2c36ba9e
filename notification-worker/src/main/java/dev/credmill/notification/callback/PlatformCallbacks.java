package dev.credmill.notification.callback;

import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.NotificationConfig.EmailConfig.Callbacks;
import dev.credmill.notification.callback.postmark.Credentials;
import dev.credmill.notification.callback.sendgrid.VerificationKey;
import dev.credmill.notification.callback.ses.TopicArn;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Supplier;

/** The platform's own accounts, from the configuration; what is wrong there stops the start. */
@Startup
@ApplicationScoped
class PlatformCallbacks {
  private final Optional<CallbackSettings> ses;
  private final Optional<CallbackSettings> postmark;
  private final Optional<CallbackSettings> sendGrid;

  PlatformCallbacks(NotificationConfig config) {
    Callbacks callbacks = config.email().callbacks();
    this.ses =
        callbacks
            .ses()
            .topicArn()
            .map(arn -> checked("ses", () -> new CallbackSettings.Ses(new TopicArn(arn))));
    this.postmark = postmark(callbacks.postmark());
    this.sendGrid =
        callbacks
            .sendgrid()
            .publicKey()
            .map(
                key ->
                    checked(
                        "sendgrid", () -> new CallbackSettings.SendGrid(new VerificationKey(key))));
  }

  private static Optional<CallbackSettings> postmark(Callbacks.Postmark config) {
    if (config.user().isEmpty() && config.password().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        checked(
            "postmark",
            () ->
                new CallbackSettings.Postmark(
                    Credentials.of(config.user().orElse(null), config.password().orElse(null)))));
  }

  private static CallbackSettings checked(String provider, Supplier<CallbackSettings> settings) {
    try {
      return settings.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "notification.email.callbacks.%s: %s".formatted(provider, e.getMessage()), e);
    }
  }

  Optional<CallbackSettings> find(Provider provider) {
    return switch (provider) {
      case SES -> ses;
      case POSTMARK -> postmark;
      case SENDGRID -> sendGrid;
    };
  }
}
