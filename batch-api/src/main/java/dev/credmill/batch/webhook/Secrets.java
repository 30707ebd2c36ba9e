package dev.credmill.batch.webhook;

import dev.credmill.batch.BatchConfig;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.secret.EncryptionKey;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What webhooks' messages are signed with. The database has it under a key of this service's own:
 * that of the issuance worker opens signing keys, which are nobody else's business.
 */
@Startup
@ApplicationScoped
class Secrets {
  private static final String SETTING = "batch.webhooks.master-key";

  /** More would make the header of signatures long, however often somebody asks for another. */
  private static final int MOST_AT_ONCE = 4;

  private final SecretTable table;
  private final Optional<EncryptionKey> key;
  private final Clock clock;

  Secrets(SecretTable table, BatchConfig config, Clock clock) {
    this.table = table;
    this.clock = clock;
    WebhookConfig webhooks = config.webhooks();
    this.key =
        webhooks.masterKeyFile().isEmpty() && webhooks.masterKey().isEmpty()
            ? Optional.empty()
            : Optional.of(
                new EncryptionKey(webhooks.masterKeyFile(), webhooks.masterKey(), SETTING));
  }

  /** Those that sign now, the newest first. */
  List<Secret> of(UUID webhook) throws SQLException {
    return table.of(webhook, clock.instant()).stream()
        .map(
            entry ->
                new Secret(
                    key().unwrap(entry.wrapped(), name(webhook, entry.number())),
                    entry.createdAt(),
                    entry.endsAt()))
        .toList();
  }

  /** A webhook's first secret. */
  Secret first(UUID webhook) throws SQLException {
    return add(webhook, 1, clock.instant());
  }

  /**
   * A new secret for a webhook that is held.
   *
   * @param overlap for how long the ones before go on signing
   */
  Secret next(UUID webhook, Duration overlap) throws SQLException {
    Instant now = clock.instant();
    int latest = table.of(webhook, now).getFirst().number();
    table.end(webhook, now.plus(overlap));
    Secret next = add(webhook, latest + 1, now);
    table.forget(webhook, now, MOST_AT_ONCE);
    return next;
  }

  private Secret add(UUID webhook, int number, Instant now) throws SQLException {
    Secret secret = Secret.next(now);
    table.insert(webhook, number, key().wrap(secret.bytes(), name(webhook, number)), now);
    return secret;
  }

  private static String name(UUID webhook, int number) {
    return "webhook/" + webhook + "/" + number;
  }

  private EncryptionKey key() {
    return key.orElseThrow(
        () ->
            ProblemType.CONFLICT.because(
                "This installation keeps no secrets of webhooks; its operator sets %s-file first"
                    .formatted(SETTING)));
  }
}
