package dev.credmill.batch.webhook;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of webhooks. */
public interface WebhookConfig {
  /**
   * A file that holds 32 bytes in base64, under which the webhooks' secrets are encrypted. Without
   * it, or {@link #masterKey()}, no webhook can be made. Wins over that.
   */
  Optional<Path> masterKeyFile();

  /** The same key as text, where a file is not at hand. */
  Optional<String> masterKey();

  /** Webhooks of one organization. */
  @WithDefault("10")
  @Positive
  int perOrganization();

  /**
   * Networks that messages may go to though they are not public, such as {@code 10.1.0.0/16} or
   * {@code ::1/128}. Whoever administers an organization can then have requests sent to any host in
   * them.
   */
  Optional<List<String>> allowedNetworks();

  /** Whether addresses may begin with {@code http:}, which protects nothing that is sent. */
  @WithDefault("false")
  boolean plainHttp();

  /** Rows in one message. */
  @WithDefault("1000")
  @Min(1)
  @Max(10_000)
  int rowsPerMessage();

  /** How long rows wait for others of their batch, to be told of in one message. */
  @WithDefault("5s")
  Duration linger();

  /** Messages that are sent at once by one process. */
  @WithDefault("64")
  @Positive
  int inFlight();

  /**
   * Messages that are sent to one webhook at once, by all processes together; one while it fails.
   */
  @WithDefault("4")
  @Positive
  int inFlightPerWebhook();

  /** How long one attempt may take in all, from the look-up of the name to the answer. */
  @WithDefault("15s")
  Duration timeout();

  /** When a message is sent again for the first time; each further pause is three times as long. */
  @WithDefault("10s")
  Duration retryFirst();

  /** The longest pause between two attempts. */
  @WithDefault("4h")
  Duration retryLongest();

  /** For how long a message is tried before it is given up. */
  @WithDefault("24h")
  Duration retryFor();

  /** After how long with nothing but failures a webhook is disabled. */
  @WithDefault("5d")
  Duration disableAfter();

  /** For how long the old secret goes on signing after a new one was made. */
  @WithDefault("24h")
  Duration secretOverlap();

  /** For how long messages, and what became of them, are kept. */
  @WithDefault("30d")
  Duration retention();
}
