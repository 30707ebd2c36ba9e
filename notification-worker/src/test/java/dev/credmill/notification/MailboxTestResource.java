package dev.credmill.notification;

import static java.util.Map.entry;

import dev.credmill.backing.Mailbox;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A real mailbox behind the service. */
public class MailboxTestResource implements QuarkusTestResourceLifecycleManager {
  private Mailbox mailbox;

  @Override
  public Map<String, String> start() {
    try {
      Path target = Files.createDirectories(Path.of("target"));
      mailbox = Mailbox.start(Files.createTempDirectory(target, "mailbox"), 0, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.ofEntries(
        entry("notification.email.host", "127.0.0.1"),
        entry("notification.email.port", Integer.toString(mailbox.smtpPort())),
        entry("notification.bounces.address", "bounces@credentials.example.org"),
        entry("notification.bounces.host", "127.0.0.1"),
        entry("notification.bounces.port", Integer.toString(mailbox.imapPort())),
        entry("notification.bounces.user", Mailbox.USER),
        entry("notification.bounces.password", Mailbox.PASSWORD),
        entry("notification.bounces.tls", "false"),
        entry("notification.bounces.every", "PT0.5S"),
        entry("notification.bounces.retries", "1"),
        entry("notification.bounces.retry-after", "PT0.5S"));
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(mailbox, new TestInjector.MatchesType(Mailbox.class));
  }

  @Override
  public void stop() {
    if (mailbox != null) {
      mailbox.close();
    }
  }
}
