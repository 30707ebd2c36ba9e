package dev.credmill.batch;

import dev.credmill.contracts.id.OrganizationId;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Settings of the batch API. */
@ConfigMapping(prefix = "batch")
public interface BatchConfig {
  /** The largest file that is taken, in bytes (suffixes K, M, G). */
  @WithDefault("512M")
  MemorySize maxFileSize();

  /** Rows of recipients in one batch. */
  @WithDefault("1000000")
  @Positive
  int maxRows();

  /** Rows in one batch of an organization, in place of max-rows, by organization. */
  Map<String, Integer> organizationMaxRows();

  default int maxRows(OrganizationId organization) {
    return organizationMaxRows().getOrDefault(organization.value(), maxRows());
  }

  /** Columns of a sheet. */
  @WithDefault("512")
  @Positive
  int maxColumns();

  /** Characters in one cell. */
  @WithDefault("65536")
  @Positive
  int maxCell();

  /** Characters in one record (a row of the sheet with all its cells). */
  @WithDefault("1048576")
  @Positive
  int maxRecord();

  /** Region (ISO 3166-1) of phone numbers written without {@code +}; absent: they are refused. */
  Optional<String> phoneRegion();

  /** Rows that are validated and stored in one transaction. */
  @WithDefault("4000")
  @Min(1)
  @Max(10_000)
  int validationChunk();

  /**
   * Uploads that are looked at at once; further ones wait. Files below 1 MiB have as many places of
   * their own.
   */
  @WithDefault("2")
  @Positive
  int uploadChecks();

  /** Rows that are sent to Kafka between two moves of the cursor. */
  @WithDefault("1000")
  @Min(1)
  @Max(10_000)
  int relayChunk();

  /** Rows of one organization that may be queued at once: relayed and not yet issued or failed. */
  @WithDefault("20000")
  @Positive
  int relayWindow();

  /** Rows in one sheet of corrections. */
  @WithDefault("20000")
  @Positive
  int maxCorrections();

  /** How long a validation or a relay may be silent before another instance takes it over. */
  @WithDefault("10s")
  Duration lease();

  /** How often the relay and the validation look for work that nobody announced. */
  @WithDefault("500ms")
  Duration pollInterval();

  /**
   * After how long without progress queued rows are relayed again; doubles with each repetition.
   */
  @WithDefault("30s")
  Duration stallAfter();

  /** The longest time that a caller may wait for a change with {@code ?wait=}. */
  @WithDefault("60s")
  Duration longestWait();
}
