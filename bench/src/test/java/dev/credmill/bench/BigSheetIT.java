package dev.credmill.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.bench.installation.Api;
import dev.credmill.bench.installation.DiplomaSheet;
import dev.credmill.bench.installation.Installation;
import dev.credmill.bench.installation.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest sheets in the smallest heap: batch-api with 256 MB, as a process of its own. */
class BigSheetIT {
  private static final int HEAP = 256; // MiB
  private static Installation installation;
  private static Api api;
  @TempDir static Path folder;

  @BeforeAll
  static void start() {
    installation =
        Installation.start(
            Path.of(".."), folder, HEAP, EnumSet.of(Service.SCHEMA_REGISTRY, Service.BATCH_API));
    api = new Api(installation.url(Service.BATCH_API), "acme-issuer-key");
  }

  @AfterAll
  static void stop() {
    installation.close();
  }

  @Test
  void aMillionRowsOfCsvBecomeReady() throws IOException {
    becomesReady(new DiplomaSheet(1_000_000, 1).csv(folder.resolve("million.csv")), 1_000_000);
  }

  @Test
  void aWorkbookOf300ThousandRowsBecomesReadyAndIsReportedInFull() throws IOException {
    String id =
        becomesReady(new DiplomaSheet(300_000, 2).xlsx(folder.resolve("workbook.xlsx")), 300_000);
    // When
    byte[] report = api.get("/v1/batches/" + id + "/report.csv");
    // Then
    assertThat(lines(report)).isEqualTo(1 + 300_000);
    installation.instance(Service.BATCH_API).jvm().mustLive();
  }

  private static long lines(byte[] text) {
    long lines = 0;
    for (byte one : text) {
      lines += one == '\n' ? 1 : 0;
    }
    return lines;
  }

  /** The id of its batch. */
  private static String becomesReady(Path sheet, int rows) {
    // When
    ValidationRun run = ValidationRun.of(api, sheet);
    // Then
    assertThat(run.batch().path("status").asText()).as(run.batch().toString()).isEqualTo("READY");
    assertThat(run.batch().path("counts").path("ready").asInt()).isEqualTo(rows);
    assertThat(run.batch().path("duplicates").path("sameSheet").asInt()).isZero();
    installation.instance(Service.BATCH_API).jvm().mustLive();
    return run.batch().path("id").asText();
  }
}
