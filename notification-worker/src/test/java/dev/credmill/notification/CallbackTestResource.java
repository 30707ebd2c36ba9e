package dev.credmill.notification;

import dev.credmill.notification.callback.sendgrid.SignedEvents;
import dev.credmill.notification.callback.ses.Amazon;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** The platform's own accounts at the providers, whose mail server is SendGrid's. */
public class CallbackTestResource implements QuarkusTestResourceLifecycleManager {
  static final String USER = "credmill";
  static final String PASSWORD = "0b1c2d3e4f5061728394a5b6c7d8e9f0";

  @Override
  public Map<String, String> start() {
    return Map.of(
        "notification.email.provider",
        "sendgrid",
        "notification.email.callbacks.ses.topic-arn",
        Amazon.TOPIC,
        "notification.email.callbacks.postmark.user",
        USER,
        "notification.email.callbacks.postmark.password",
        PASSWORD,
        "notification.email.callbacks.sendgrid.public-key",
        SignedEvents.PUBLIC_KEY);
  }

  @Override
  public void stop() {}
}
