package dev.credmill.notification;

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
    return Map.of(
        "notification.email.host",
        "127.0.0.1",
        "notification.email.port",
        Integer.toString(mailbox.smtpPort()));
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
