package dev.credmill.notification.bounce;

import java.util.List;
import java.util.Properties;

/** What the mail library is told of every mailbox. */
final class ImapProperties {
  private static final String PATIENCE = "30000"; // milliseconds

  private ImapProperties() {}

  /**
   * @param protocol {@code imap} or {@code imaps}
   */
  static Properties of(String protocol) {
    Properties properties = new Properties();
    for (String wait : List.of("connectiontimeout", "timeout", "writetimeout")) {
      properties.setProperty("mail.%s.%s".formatted(protocol, wait), PATIENCE);
    }
    // Who else reads the mailbox must not find it read.
    properties.setProperty("mail.%s.peek".formatted(protocol), "true");
    return properties;
  }
}
