package dev.credmill.notification.email;

import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.PublicAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Properties;

/** The mail server that takes the messages, as the configuration describes it. */
@ApplicationScoped
class MailServer {
  private final NotificationConfig.EmailConfig config;
  private final Properties properties = new Properties();

  MailServer(NotificationConfig config, PublicAddress address) {
    this.config = config.email();
    String patience = Long.toString(config.sendTimeout().toMillis());
    set("from", address.sender());
    set("connectiontimeout", patience);
    set("timeout", patience);
    set("quitwait", "false");
    set("auth", Boolean.toString(this.config.user().isPresent()));
    set("ssl.enable", Boolean.toString(this.config.tls()));
    set("starttls.enable", Boolean.toString(this.config.startTls().isTried()));
    set("starttls.required", Boolean.toString(this.config.startTls().isNeeded()));
  }

  private void set(String name, String value) {
    properties.setProperty("mail.smtp." + name, value);
  }

  /** A connection that is yet to be opened. */
  Connection connection() {
    return Connection.to(config, properties);
  }
}
