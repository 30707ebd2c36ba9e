package dev.credmill.batch;

import dev.credmill.batch.report.ReportConfig;
import dev.credmill.batch.webhook.WebhookConfig;
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

  /** Limits of XLSX workbooks, which are ZIP archives of XML. */
  Workbooks workbook();

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

  /**
   * Rows of one organization that may at most be queued at once: relayed and not yet issued or
   * failed. What another organization sends out waits behind them, so fewer are where answers come
   * slowly: as many as a second brings.
   */
  @WithDefault("8000")
  @Positive
  int relayWindow();

  /** Rows of one organization that may be queued however slowly answers come. */
  @WithDefault("2000")
  @Positive
  int relayWindowLeast();

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

  /**
   * After how long without a report on any of a batch's messages they are asked for again; doubles
   * with each repetition, up to 32 times as long. Nothing is sent twice by it.
   */
  @WithDefault("5m")
  Duration messagesOverdueAfter();

  /** The longest time that a caller may wait for a change with {@code ?wait=}. */
  @WithDefault("60s")
  Duration longestWait();

  /** Mails that say what became of a batch's messages. */
  ReportConfig deliveryReports();

  /** What integrators are told of, and how. */
  WebhookConfig webhooks();

  /** What an XLSX workbook may at most have; real ones stay far below. */
  interface Workbooks {
    /** Entries of the archive: sheets, pictures and everything else. */
    @WithDefault("1000")
    @Positive
    int maxEntries();

    /** Inflated bytes of one part, such as the worksheet (suffixes K, M, G). */
    @WithDefault("1G")
    MemorySize maxPart();

    /** Inflated bytes of all entries together (suffixes K, M, G). */
    @WithDefault("2G")
    MemorySize maxInflated();

    /** Inflated bytes for one compressed byte, over what is larger than 1 MiB. */
    @WithDefault("200")
    @Positive
    int maxRatio();

    /** Inflated bytes of the list of contents and of a list of relations, which are held whole. */
    @WithDefault("1M")
    MemorySize maxListing();

    /** Inflated bytes of the list of sheets and of the styles (suffixes K, M, G). */
    @WithDefault("16M")
    MemorySize maxStyles();

    /** Shared strings: a workbook keeps equal texts once, and here they go to a temporary file. */
    @WithDefault("10000000")
    @Positive
    int maxSharedStrings();

    /** Bytes (UTF-8) of all shared strings, which is what the temporary file may grow to. */
    @WithDefault("512M")
    MemorySize maxSharedText();

    /** XML elements within each other. */
    @WithDefault("64")
    @Positive
    int maxDepth();

    /** Different names of XML elements and attributes in one part. */
    @WithDefault("2000")
    @Positive
    int maxNames();
  }
}
