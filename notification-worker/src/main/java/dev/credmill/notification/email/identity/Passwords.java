package dev.credmill.notification.email.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.secret.EncryptionKey;
import dev.credmill.notification.NotificationConfig;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.mail.MessagingException;
import java.util.Optional;

/**
 * Seals and opens the passwords of organizations' servers. The key is this service's own; where
 * there is none, only servers that ask for no password can be named.
 */
@Startup
@ApplicationScoped
public class Passwords {
  private static final String SETTING = "notification.master-key";
  private final Optional<EncryptionKey> key;

  public Passwords(NotificationConfig config) {
    this.key =
        config.masterKeyFile().isEmpty() && config.masterKey().isEmpty()
            ? Optional.empty()
            : Optional.of(new EncryptionKey(config.masterKeyFile(), config.masterKey(), SETTING));
  }

  /**
   * @param name what it opens
   */
  public SealedPassword seal(String password, String name) {
    EncryptionKey there =
        key.orElseThrow(
            () ->
                ProblemType.CONFLICT.because(
                    "This installation keeps no passwords; its operator sets %s-file first"
                        .formatted(SETTING)));
    return new SealedPassword(there.wrap(password.getBytes(UTF_8), name), name);
  }

  /**
   * @throws MessagingException where there is no key, or another one than it was sealed with; says
   *     what the organization can do, and no name of what the password opens
   */
  public String open(SealedPassword password) throws MessagingException {
    try {
      EncryptionKey there = key.orElseThrow(IllegalStateException::new);
      return new String(there.unwrap(password.wrapped(), password.name()), UTF_8);
    } catch (IllegalStateException _) {
      throw new MessagingException(
          "its password cannot be opened any more; enter it again with PUT /v1/sender-identity");
    }
  }
}
