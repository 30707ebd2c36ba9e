package dev.credmill.quickstart;

import dev.credmill.backing.Mailbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Hands the mailbox, which was started before Quarkus, to the page that shows it. */
@ApplicationScoped
class MailboxOfThisProcess {
  private static volatile Mailbox mailbox;

  static void is(Mailbox started) {
    mailbox = started;
  }

  @Produces
  @Singleton
  Mailbox mailbox() {
    return mailbox;
  }
}
