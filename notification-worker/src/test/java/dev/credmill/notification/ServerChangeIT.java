package dev.credmill.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.RowId;
import dev.credmill.notification.ScriptedMailServer.Answer.Hold;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An organization changes its mail server while messages of its are claimed for the one before. */
@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(ScriptedMailServer.class)
@WithTestResource(OwnServers.class)
class ServerChangeIT {
  private static final String PATH = "/v1/sender-identity";

  /** Less than a server that says nothing is waited for. */
  private static final Duration SOON = Duration.ofSeconds(8);

  private static final Duration LATER = Duration.ofSeconds(30);

  /** As many as are under way at once over the platform's server. */
  private static final int IN_FLIGHT = 32;

  ScriptedMailServer platform;
  OwnServers own;
  @Inject EventPublisher publisher;
  @Inject DeliveryTable table;
  @Inject MeterRegistry meters;
  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void forget() {
    released.countDown();
    as(CatalogueInMemory.ACME_ADMIN).delete(PATH);
    as(CatalogueInMemory.GLOBEX_ADMIN).delete(PATH);
  }

  @Test
  void aServerThatHangsFromNowOnHoldsUpNobodyOnThePlatforms() {
    // Given messages of two that wait, claimed, for others before them
    List<RowId> before = rows(IN_FLIGHT);
    before.forEach(row -> platform.script(address(row), new Hold(released)));
    publisher.publish(before.stream().map(ServerChangeIT::ofGlobex).toList());
    awaitClaimed(before, IN_FLIGHT);
    List<RowId> moved = rows(2 * IN_FLIGHT);
    publisher.publish(moved.stream().map(ServerChangeIT::ofAcme).toList());
    long claimed = awaitClaimed(moved, 1);
    double deferred = deferred();
    // When
    nameSilentServer(CatalogueInMemory.ACME_ADMIN);
    released.countDown();
    List<RowId> others = rows(10);
    publisher.publish(others.stream().map(ServerChangeIT::ofGlobex).toList());
    // Then
    await().atMost(SOON).until(() -> others.stream().allMatch(row -> is(row, "status = 'SENT'")));
    assertThat(moved).allMatch(row -> platform.taken(address(row)).isEmpty());
    assertThat(deferred() - deferred).isGreaterThanOrEqualTo(claimed);
    assertThat(open("platform")).isZero();
  }

  @Test
  void withoutAServerOfItsOwnWhatWasClaimedForItGoesOverThePlatforms() {
    // Given more than are under way at once
    nameSilentServer(CatalogueInMemory.GLOBEX_ADMIN);
    List<RowId> rows = rows(20);
    publisher.publish(rows.stream().map(ServerChangeIT::ofGlobex).toList());
    awaitClaimed(rows, 11);
    double deferred = deferred();
    // When
    as(CatalogueInMemory.GLOBEX_ADMIN).delete(PATH).then().statusCode(204);
    // Then
    await().atMost(LATER).until(() -> rows.stream().allMatch(row -> is(row, "status = 'SENT'")));
    assertThat(rows).allMatch(row -> platform.taken(address(row)).size() == 1);
    assertThat(deferred() - deferred).isGreaterThan(0);
    assertThat(rows).anyMatch(row -> is(row, "attempts = 1"));
  }

  private void nameSilentServer(String admin) {
    as(admin)
        .body(
            Map.of(
                "from",
                "diplomas@example.com",
                "server",
                Map.of("host", "127.0.0.1", "port", own.silentPort(), "security", "NONE")))
        .put(PATH + "?check=false")
        .then()
        .statusCode(200);
  }

  private static RequestSpecification as(String key) {
    return given().header("X-API-Key", key).contentType(ContentType.JSON);
  }

  private static List<RowId> rows(int count) {
    return Stream.generate(Requests::row).limit(count).toList();
  }

  private static String address(RowId row) {
    return row.batch() + "@example.com";
  }

  private static DeliveryRequested ofAcme(RowId row) {
    return Requests.email(row, address(row), "Ada");
  }

  private static DeliveryRequested ofGlobex(RowId row) {
    return Requests.request(
        row,
        CatalogueInMemory.GLOBEX,
        CatalogueInMemory.MEMBERSHIP,
        Medium.EMAIL,
        address(row),
        "Ada");
  }

  /** How many of them are claimed or under way, which are at least so many. */
  private long awaitClaimed(List<RowId> rows, int least) {
    return await()
        .until(
            () -> rows.stream().filter(row -> is(row, "status = 'SENDING'")).count(),
            count -> count >= least);
  }

  private boolean is(RowId row, String condition) {
    return "true".equals(table.read(row, condition));
  }

  private double open(String route) {
    return meters
        .get("credmill.delivery.circuits.open")
        .tags("medium", "email", "route", route)
        .gauge()
        .value();
  }

  private double deferred() {
    return meters
        .counter("credmill.delivery.attempts", "medium", "email", "result", "deferred")
        .count();
  }
}
