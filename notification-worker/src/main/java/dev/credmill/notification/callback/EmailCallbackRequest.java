package dev.credmill.notification.callback;

import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.notification.callback.postmark.Credentials;
import dev.credmill.notification.callback.sendgrid.VerificationKey;
import dev.credmill.notification.callback.ses.TopicArn;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The settings of one provider as they are entered: its own members and no others. */
@Schema(name = "NewEmailCallback")
public record EmailCallbackRequest(
    @Schema(
            nullable = true,
            description = "For ses: the SNS topic that the events go to",
            examples = "arn:aws:sns:eu-west-1:123456789012:ses-events")
        String topicArn,
    @Schema(
            nullable = true,
            description =
                "For postmark: with which it logs in; 1 to 100 letters, digits and . _ ~ -",
            examples = "credmill")
        String user,
    @Schema(
            nullable = true,
            description =
                "For postmark: 24 to 200 letters, digits and . _ ~ - at random. Only its hash is kept, and it is never shown")
        String password,
    @Schema(nullable = true, description = "For sendgrid: the verification key that it shows")
        String publicKey) {
  CallbackSettings settings(Provider provider) {
    try {
      return switch (provider) {
        case SES -> {
          mustBeAbsent(provider, "topicArn", user, password, publicKey);
          yield new CallbackSettings.Ses(new TopicArn(topicArn));
        }
        case POSTMARK -> {
          mustBeAbsent(provider, "user and password", topicArn, publicKey);
          yield new CallbackSettings.Postmark(Credentials.of(user, password));
        }
        case SENDGRID -> {
          mustBeAbsent(provider, "publicKey", topicArn, user, password);
          yield new CallbackSettings.SendGrid(new VerificationKey(publicKey));
        }
      };
    } catch (IllegalArgumentException e) {
      throw ProblemType.INVALID_BODY.because(e.getMessage());
    }
  }

  private static void mustBeAbsent(Provider provider, String wanted, String... others) {
    if (Stream.of(others).anyMatch(Objects::nonNull)) {
      throw new IllegalArgumentException(
          "The settings of %s are %s alone".formatted(provider.path(), wanted));
    }
  }

  /** Never says the password. */
  @Override
  public String toString() {
    return "settings of email callbacks";
  }
}
