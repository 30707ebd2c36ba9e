package dev.credmill.notification;

import dev.credmill.contracts.CredmillConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;

/** What messages take from the address under which the world reaches Credmill. */
@ApplicationScoped
public class PublicAddress {
  private final String host;
  private final NotificationConfig config;

  public PublicAddress(CredmillConfig credmill, NotificationConfig config) {
    this.host = URI.create(credmill.publicUrl()).getHost();
    this.config = config;
  }

  /** The address that emails come from. */
  public String sender() {
    return config.from().orElseGet(() -> "no-reply@" + host);
  }

  /** What stands behind the @ of a Message-ID. */
  public String messageIdDomain() {
    return config.messageIdDomain().orElse(host);
  }
}
