package dev.credmill.notification.email;

import dev.credmill.notification.NotificationConfig.EmailConfig.Provider;
import dev.credmill.notification.callback.postmark.PostmarkCallback;
import dev.credmill.notification.callback.sendgrid.SendGridCallback;
import dev.credmill.notification.delivery.DeliveryKey;
import dev.credmill.notification.email.identity.OwnServer;
import java.util.Locale;

/** By which a provider's callbacks name the message, where its Message-ID does not do. */
final class ProviderHeaders {
  private ProviderHeaders() {}

  /** Whose mail server it is that an organization has named. */
  static Provider providerOf(OwnServer server) {
    String host = server.host().toLowerCase(Locale.ROOT);
    if (host.endsWith(".postmarkapp.com")) {
      return Provider.POSTMARK;
    }
    return host.endsWith(".sendgrid.net") ? Provider.SENDGRID : Provider.NONE;
  }

  /** Whole lines of a header. */
  static String of(Provider provider, DeliveryKey key) {
    return switch (provider) {
      case NONE -> "";
      // It puts a Message-ID of its own in place of ours, and tells ours and the return path.
      case SES -> "";
      case POSTMARK ->
          "X-PM-KeepID: true\r\nX-PM-Metadata-%s: %s\r\n"
              .formatted(PostmarkCallback.METADATA, key.messageHex());
      case SENDGRID ->
          "X-SMTPAPI: {\"unique_args\":{\"%s\":\"%s\"}}\r\n"
              .formatted(SendGridCallback.ARGUMENT, key.messageHex());
    };
  }
}
