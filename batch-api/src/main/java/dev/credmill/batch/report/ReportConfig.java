package dev.credmill.batch.report;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When the mails go out that say what became of a batch's messages. */
public interface ReportConfig {
  /**
   * How long after the last message was sent: most of what comes back does so within minutes, and
   * belongs into the first report.
   */
  @WithDefault("5m")
  Duration settledFor();

  /** How long after its start a batch is reported on that still has messages waiting. */
  @WithDefault("24h")
  Duration openFor();

  /** For how long what comes back after a report is gathered for the next one. */
  @WithDefault("1h")
  Duration lateAfter();

  /** How often to look for reports that are due. */
  @WithDefault("10s")
  Duration every();
}
