package dev.credmill.batch.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.RFC4180ParserBuilder;
import dev.credmill.backing.BackingTestResource;
import dev.credmill.batch.Api;
import dev.credmill.batch.CatalogueTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** Says how fast this machine validates; asserts only that every row is READY. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
class ValidationRateIT {
  private static final Logger LOG = Logger.getLogger(ValidationRateIT.class);
  private static final int ROWS = Integer.getInteger("rate.rows", 10_000);
  @TempDir Path folder;

  /** The later times are those of a warm process. */
  @RepeatedTest(3)
  void aSheetIsCheckedAndStored() throws IOException {
    // Given
    Path sheet = folder.resolve("rate.csv");
    write(sheet, ROWS);
    double parsing = seconds(() -> assertThat(parse(sheet)).isEqualTo(ROWS + 1));
    // When
    long start = System.nanoTime();
    String id =
        Api.ACME
            .request()
            .multiPart("file", sheet.toFile(), "text/csv")
            .multiPart("definitionId", "diploma")
            .multiPart("medium", "EMAIL")
            .post("/v1/batches")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    double accepted = (System.nanoTime() - start) / 1e9;
    JsonPath batch =
        await()
            .atMost(Duration.ofMinutes(10))
            .pollInterval(Duration.ofMillis(50))
            .until(() -> Api.ACME.batch(id), b -> !"VALIDATING".equals(b.getString("status")));
    double ready = (System.nanoTime() - start) / 1e9;
    // Then
    assertThat(batch.getString("status")).isEqualTo("READY");
    assertThat(batch.getInt("counts.ready")).isEqualTo(ROWS);
    LOG.infof(
        "%d rows, %d bytes: parsed alone at %.0f rows/s; accepted in %.2f s; READY in %.2f s, that is %.0f rows/s, %.3f of parsing alone",
        ROWS,
        Files.size(sheet),
        ROWS / parsing,
        accepted,
        ready,
        ROWS / (ready - accepted),
        parsing / (ready - accepted));
  }

  private static void write(Path sheet, int rows) throws IOException {
    try (Writer out = Files.newBufferedWriter(sheet)) {
      out.write(
          "Reference,First Name,Last Name,Email,Expiration,Degree,Graduation Date,Level,Notes,Language\n");
      long run = System.nanoTime();
      for (int i = 0; i < rows; i++) {
        out.write(
            "R-%1$d-%2$d,Ada,\"Example, the %2$d\",ada.%1$d.%2$d@students.example.org,2031-12-31,Bachelor of Science,2026-06-30,gold,with honours and a prize,en\n"
                .formatted(run, i));
      }
    }
  }

  /** The bare parser, as the product uses it. */
  private static int parse(Path sheet) {
    try (CSVReader reader =
        new CSVReaderBuilder(
                new InputStreamReader(
                    new BufferedInputStream(Files.newInputStream(sheet)), StandardCharsets.UTF_8))
            .withCSVParser(new RFC4180ParserBuilder().build())
            .build()) {
      int rows = 0;
      while (reader.readNextSilently() != null) {
        rows++;
      }
      return rows;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }
}
