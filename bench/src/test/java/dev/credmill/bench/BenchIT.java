package dev.credmill.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.bench.installation.AotCache;
import dev.credmill.bench.installation.Service;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The short version of bin/bench: that it measures everything it says, not how much. */
class BenchIT {
  @TempDir Path folder;

  /** Caches of so short a training are not to be measured with by anyone else. */
  @AfterAll
  static void deleteCaches() {
    AotCache.delete(Path.of(".."), EnumSet.allOf(Service.class));
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void everyPartIsMeasuredWithServicesThatWereTrained() throws Exception {
    // Given
    System.setProperty("bench.root", "..");
    assertThat(new CommandLine(new Training()).execute("--rows=2000")).isZero();
    assertThat(AotCache.isThere(Path.of(".."), EnumSet.allOf(Service.class))).isTrue();
    Path out = folder.resolve("bench.json");
    // When
    int code =
        new CommandLine(new Bench())
            .execute(
                "--rows=5000",
                "--workbook-rows=500",
                "--messages=500",
                "--claims=40",
                "--repeats=1",
                "--warm-up=2000",
                "--out=" + out);
    // Then
    assertThat(code).isZero();
    JsonNode report = new ObjectMapper().readTree(out.toFile());
    assertThat(report.at("/issuing/0/rows").asInt()).isEqualTo(5_000);
    for (String rate :
        new String[] {
          "/csv/0/validate_per_s",
          "/csv/0/bare_per_s",
          "/xlsx/0/validate_per_s",
          "/issuing/0/issue_per_s",
          "/issuing/0/raw_sign_per_s",
          "/issuing/0/bare_pipeline_per_s",
          "/delivering/0/deliver_per_s",
          "/delivering/0/angus_per_s",
          "/delivering/0/issue_and_deliver_per_s",
          "/claiming/0/claimed_per_s",
          "/claiming/3/claimed_per_s",
          "/wal_bytes_per_row",
          "/kafka_bytes_per_row",
          "/status_p99_ms",
          "/page_p99_ms"
        }) {
      assertThat(report.at(rate).asDouble()).as(rate).isPositive();
    }
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void allMessagesEndAndAreCountedAsTheMailServerCountsThem() {
    System.setProperty("bench.root", "..");
    assertThat(
            new CommandLine(new Bench())
                .execute(
                    "--only=soaking",
                    "--messages=2000",
                    "--no-aot",
                    "--out=" + folder.resolve("bench.json")))
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--rows=0", "--repeats=-1", "--only=moon", "--warm-up=0"})
  void wrongOptionsAreToldAndStartNothing(String option) {
    assertThat(new CommandLine(new Bench()).execute(option)).isEqualTo(2);
  }
}
