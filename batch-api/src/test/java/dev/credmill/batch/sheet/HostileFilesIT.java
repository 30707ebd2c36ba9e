package dev.credmill.batch.sheet;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.batch.Api;
import dev.credmill.batch.CatalogueTestResource;
import dev.credmill.batch.sheet.HostileFile.Outcome;
import dev.credmill.contracts.problem.ProblemType;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every hostile file over HTTP, against the real service, database and broker. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
class HostileFilesIT {
  private static final Logger LOG = Logger.getLogger(HostileFilesIT.class);

  /** On a quiet machine no file takes 10 seconds; a busy one gets six times that. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final long HEAP_MARGIN = 64L << 20;

  /** A sentence that tells what to do has one of these. */
  private static final Pattern ADVICE =
      Pattern.compile(
          "\\b(add|check|close|copy|correct|keep|open|put|remove|save|say|send|sheet to fill in|shorten|split|unhide|unpack|upload|write)\\b",
          Pattern.CASE_INSENSITIVE);

  /** What the service, Quarkus and POI call their temporary files. */
  private static final Pattern TEMPORARY =
      Pattern.compile(
          "credmill-.*\\.xlsx|strings.*\\.tmp|poi.*|ooxml.*|resteasy.*|upload.*|.*\\.upload");

  @Inject
  @DataSource("batch")
  AgroalDataSource database;

  @TestHTTPResource URI service;
  @TempDir Path folder;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final LogText log = new LogText();

  @BeforeEach
  void listen() {
    log.begin();
  }

  @AfterEach
  void listenNoMore() {
    log.end();
  }

  @Test
  void everyFileEndsAsItShouldAndLeavesNothing() throws IOException, SQLException {
    // Given
    Api.ACME.untilStatus(Api.ACME.accepted(Api.sheet(10), "definitionId", "diploma"), "READY");
    Set<Path> temporary = temporaryFiles();
    long heap = heap();
    List<String> table = new ArrayList<>();
    SoftAssertions all = new SoftAssertions();
    // When
    for (HostileFile hostile : HostileFiles.all()) {
      Path file = hostile.in(folder);
      long batches = batches();
      Seen seen = send(hostile, file);
      table.add(seen.line(hostile, Files.size(file)));
      // Then
      check(all, hostile, seen);
      all.assertThat(batches())
          .as("batches in the database after %s", hostile)
          .isEqualTo(seen.batch() == null ? batches : batches + 1);
      int inspected = request(hostile, file, "/v1/sheets/inspect").statusCode();
      all.assertThat(inspected).as("inspecting %s", hostile).isBetween(200, 499);
      Files.delete(file);
    }
    LOG.infof(
        "%d hostile files:%n%-62s %11s  %-12s %-26s %7s%n%s",
        table.size(), "file", "bytes", "answer", "problem", "seconds", String.join("\n", table));
    all.assertThat(log.text()).as("the log").doesNotContain(HostileFiles.MARKER);
    all.assertAll();
    assertNothingRemains(temporary);
    await().atMost(LONGEST).untilAsserted(() -> assertThat(heap()).isLessThan(heap + HEAP_MARGIN));
    assertThat(Path.of("/tmp/credmill-escaped.xml")).doesNotExist();
  }

  @Test
  void tenAtOnceLeaveRoomForAnHonestUpload() throws Exception {
    // Given
    Set<Path> temporary = temporaryFiles();
    List<HostileFile> slow = HostileFiles.slow();
    List<Path> files = new ArrayList<>();
    for (HostileFile hostile : slow) {
      files.add(hostile.in(Files.createDirectory(folder.resolve("" + files.size()))));
    }
    try (ExecutorService senders = Executors.newFixedThreadPool(slow.size())) {
      // When
      List<Future<Seen>> answers = new ArrayList<>();
      for (int i = 0; i < slow.size(); i++) {
        HostileFile hostile = slow.get(i);
        Path file = files.get(i);
        answers.add(senders.submit(() -> send(hostile, file)));
      }
      Instant begin = Instant.now();
      get("/q/health").then().statusCode(200);
      String honest = Api.ACME.accepted(Api.sheet(10), "definitionId", "diploma");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                get("/q/health").then().statusCode(200);
                return Api.ACME.batch(honest).getString("status").equals("READY");
              });
      LOG.infof(
          "Beside %d hostile uploads, %d of them still under way, an honest one was READY after %.1f s",
          slow.size(),
          answers.stream().filter(a -> !a.isDone()).count(),
          Duration.between(begin, Instant.now()).toMillis() / 1000.0);
      // Then
      SoftAssertions all = new SoftAssertions();
      for (int i = 0; i < slow.size(); i++) {
        check(all, slow.get(i), answers.get(i).get());
      }
      all.assertAll();
    }
    get("/q/health").then().statusCode(200);
    assertNothingRemains(temporary);
  }

  /**
   * What came of a file.
   *
   * @param batch null when it was refused
   * @param type of the problem; null when there is none
   */
  private record Seen(
      int status, String batch, String end, int rows, String type, String detail, double seconds) {
    String line(HostileFile file, long bytes) {
      return "%-62s %,11d  %-12s %-26s %7.2f"
          .formatted(
              file.name(),
              bytes,
              batch == null ? status : end,
              type == null ? "" : type.substring(type.lastIndexOf(':') + 1),
              seconds);
    }
  }

  private Seen send(HostileFile hostile, Path file) {
    long start = System.nanoTime();
    HttpResponse<String> answer = request(hostile, file, "/v1/batches");
    JsonPath body = new JsonPath(answer.body());
    if (answer.statusCode() != 202) {
      return new Seen(
          answer.statusCode(),
          null,
          null,
          0,
          body.getString("type"),
          body.getString("detail"),
          seconds(start));
    }
    String id = body.getString("id");
    JsonPath batch =
        await()
            .atMost(LONGEST)
            .pollInterval(Duration.ofMillis(50))
            .until(() -> Api.ACME.batch(id), b -> !b.getString("status").equals("VALIDATING"));
    return new Seen(
        202,
        id,
        batch.getString("status"),
        batch.getInt("counts.total"),
        batch.getString("problem.type"),
        batch.getString("problem.detail"),
        seconds(start));
  }

  /** Streamed from the disk: REST Assured would copy each body, for a log that nobody reads. */
  private HttpResponse<String> request(HostileFile hostile, Path file, String path) {
    StringBuilder parts = new StringBuilder();
    for (int i = 0; i < hostile.parts().size(); i += 2) {
      parts
          .append("--limit\r\nContent-Disposition: form-data; name=\"")
          .append(hostile.parts().get(i))
          .append("\"\r\n\r\n")
          .append(hostile.parts().get(i + 1))
          .append("\r\n");
    }
    parts
        .append("--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"")
        .append(hostile.fileName())
        .append("\"\r\nContent-Type: application/octet-stream\r\n\r\n");
    try {
      return http.send(
          HttpRequest.newBuilder(service.resolve(path))
              .header("X-API-Key", Api.ACME.key())
              .header("Content-Type", "multipart/form-data; boundary=limit")
              .POST(
                  BodyPublishers.concat(
                      BodyPublishers.ofString(parts.toString()),
                      BodyPublishers.ofFile(file),
                      BodyPublishers.ofString("\r\n--limit--\r\n")))
              .build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(hostile.name(), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void check(SoftAssertions all, HostileFile hostile, Seen seen) {
    String as = hostile + ": " + seen;
    all.assertThat(seen.seconds()).as(as).isLessThan(LONGEST.toSeconds());
    switch (hostile.outcome()) {
      case Outcome.Refused(ProblemType type) -> {
        all.assertThat(seen.status()).as(as).isEqualTo(type.status()).isBetween(400, 499);
        all.assertThat(seen.type()).as(as).isEqualTo(type.uri());
        all.assertThat(seen.detail()).as(as).containsPattern(ADVICE);
      }
      case Outcome.Rejected(ProblemType type) -> {
        all.assertThat(seen.end()).as(as).isEqualTo("REJECTED");
        all.assertThat(seen.type()).as(as).isEqualTo(type.uri());
        all.assertThat(seen.detail()).as(as).containsPattern(ADVICE);
      }
      case Outcome.Taken(String status, int rows) -> {
        all.assertThat(seen.end()).as(as).isEqualTo(status);
        all.assertThat(seen.rows()).as(as).isEqualTo(rows);
      }
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** Other programs use the folder too, so what is new must vanish rather than never have been. */
  private static void assertNothingRemains(Set<Path> before) throws IOException {
    Set<Path> remaining = temporaryFiles();
    remaining.removeAll(before);
    await()
        .atMost(LONGEST)
        .untilAsserted(() -> assertThat(remaining).as("temporary files").noneMatch(Files::exists));
  }

  private static Set<Path> temporaryFiles() throws IOException {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    Set<Path> files = new HashSet<>();
    for (Path place : List.of(folder, folder.resolve("poifiles"), folder.resolve("uploads"))) {
      if (Files.isDirectory(place)) {
        try (Stream<Path> list = Files.list(place)) {
          list.filter(
                  file ->
                      !place.equals(folder)
                          || TEMPORARY
                              .matcher(file.getFileName().toString().toLowerCase(Locale.ROOT))
                              .matches())
              .filter(Files::isRegularFile)
              .forEach(files::add);
        }
      }
    }
    return files;
  }

  private long batches() throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var result = statement.executeQuery("select count(*) from batch")) {
      result.next();
      return result.getLong(1);
    }
  }
}
