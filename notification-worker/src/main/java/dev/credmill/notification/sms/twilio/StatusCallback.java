package dev.credmill.notification.sms.twilio;

import dev.credmill.contracts.CredmillConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Where Twilio reports on a message: an address of its own that names it. So what comes is known
 * without Twilio's id of the message, which is never learnt where the answer to the request was
 * lost.
 */
@ApplicationScoped
class StatusCallback {
  static final String PATH = "/v1/sms/twilio/status";
  private final String publicUrl;

  StatusCallback(CredmillConfig config) {
    this.publicUrl = config.publicUrl();
  }

  String of(UUID message) {
    return publicUrl + PATH + "/" + message;
  }
}
