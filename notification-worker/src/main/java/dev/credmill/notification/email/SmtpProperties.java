package dev.credmill.notification.email;

import java.time.Duration;
import java.util.Properties;

/** What the mail library is told of a connection. */
final class SmtpProperties {
  private final Properties properties = new Properties();

  SmtpProperties(Duration patience, boolean logsIn) {
    set("connectiontimeout", patience.toMillis());
    set("timeout", patience.toMillis());
    set("quitwait", false);
    set("auth", logsIn);
  }

  SmtpProperties set(String name, Object value) {
    properties.setProperty("mail.smtp." + name, value.toString());
    return this;
  }

  Properties copy() {
    Properties copy = new Properties();
    copy.putAll(properties);
    return copy;
  }
}
