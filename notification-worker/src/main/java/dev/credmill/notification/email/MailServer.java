package dev.credmill.notification.email;

import java.time.Duration;

/** A mail server that takes messages. */
interface MailServer {
  /** A connection that is yet to be opened. */
  Connection connection();

  /** After which its silence is taken for failure. */
  Duration patience();
}
