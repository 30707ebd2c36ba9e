package dev.credmill.notification.callback;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The settings of one provider as they are shown: without the password. */
@Schema(name = "EmailCallback")
public record EmailCallbackView(
    @Schema(
            description = "What to enter at the provider",
            examples = "https://credentials.example.org/callbacks/email/acme/ses")
        String url,
    @Schema(nullable = true, description = "Of ses: the SNS topic that the events go to")
        String topicArn,
    @Schema(
            nullable = true,
            description = "Of postmark: with which it logs in, besides the password")
        String user,
    @Schema(nullable = true, description = "Of sendgrid: the verification key") String publicKey) {
  static EmailCallbackView of(CallbackSettings settings, String url) {
    return switch (settings) {
      case CallbackSettings.Ses(var topic) -> new EmailCallbackView(url, topic.value(), null, null);
      case CallbackSettings.Postmark(var credentials) ->
          new EmailCallbackView(url, null, credentials.user(), null);
      case CallbackSettings.SendGrid(var key) ->
          new EmailCallbackView(url, null, null, key.base64());
    };
  }
}
