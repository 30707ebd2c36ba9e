package dev.credmill.notification.email.identity;

import java.util.Optional;

/** Whether an organization's mailbox can be read. */
public interface MailboxTrial {
  /**
   * Logs in and opens the folder, and says why that does not work, in the server's words; empty
   * where it does.
   */
  Optional<String> login(OwnMailbox mailbox);
}
