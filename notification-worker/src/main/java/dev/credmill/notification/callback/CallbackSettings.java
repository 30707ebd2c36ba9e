package dev.credmill.notification.callback;

import dev.credmill.notification.callback.postmark.Credentials;
import dev.credmill.notification.callback.sendgrid.VerificationKey;
import dev.credmill.notification.callback.ses.TopicArn;

/** How callbacks of an account at a provider are known for such. */
sealed interface CallbackSettings {
  Provider provider();

  record Ses(TopicArn topic) implements CallbackSettings {
    @Override
    public Provider provider() {
      return Provider.SES;
    }
  }

  record Postmark(Credentials credentials) implements CallbackSettings {
    @Override
    public Provider provider() {
      return Provider.POSTMARK;
    }
  }

  record SendGrid(VerificationKey key) implements CallbackSettings {
    @Override
    public Provider provider() {
      return Provider.SENDGRID;
    }
  }
}
