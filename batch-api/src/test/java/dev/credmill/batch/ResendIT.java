package dev.credmill.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemType;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages that are sent once more. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
class ResendIT {
  @Inject EventPublisher publisher;

  @Inject
  @DataSource("batch")
  AgroalDataSource database;

  private final String name = "S" + UUID.randomUUID();
  private IssuedBatches batches;
  private Topic<DeliveryRequested> messages;

  @BeforeEach
  void open() {
    batches = new IssuedBatches(publisher);
    messages = new Topic<>(DeliveryRequested.TOPIC, DeliveryRequested.class);
  }

  @AfterEach
  void close() {
    batches.close();
    messages.close();
  }

  @Test
  void aMessageThatBouncedGoesToTheRightAddressAsANewOne() {
    // Given
    String batch = batches.issued(2, name, "medium", "EMAIL");
    DeliveryRequested first = first(batch, 2);
    report(first, DeliveryStatus.BOUNCED);
    untilEmail(batch, 2, "BOUNCED");
    String right = "right-" + name + "@example.org";
    // When
    resend(batch, 2, "{\"contact\": \"%s\"}".formatted(right))
        .statusCode(200)
        .body("delivery.EMAIL", equalTo("PENDING"))
        .body("recipient.email", equalTo(right))
        .body("problem", equalTo(null));
    // Then
    DeliveryRequested second = last(batch, 3);
    assertThat(second.row()).isEqualTo(first.row());
    assertThat(second.contact()).isEqualTo(right);
    assertThat(second.generation()).isEqualTo(2);
    assertThat(second.link()).isEqualTo(first.link());
    assertThat(Api.ACME.get("/v1/batches?q=" + right).getList("items.id")).contains(batch);
    assertThat(Api.ACME.get("/v1/batches/" + batch).getInt("delivery.EMAIL.bounced")).isZero();
    report(second, DeliveryStatus.SENT);
    untilEmail(batch, 2, "SENT");
    assertThat(Api.ACME.request().get("/v1/batches/" + batch + "/report.csv").asString())
        .as("what the sheet says of the row now")
        .contains(right)
        .doesNotContain(first.contact());
  }

  @Test
  void aReplacementBeginsWithTheCorrectedAddressHoweverTheCellWasWritten() {
    // Given: a cell with a space is kept as it was written
    String sheet =
        "First Name,Email,Degree\nAda,' wrong-%s@example.org',BSc\n"
            .replace("'", "\"")
            .formatted(name);
    String batch =
        Api.ACME.accepted(sheet, "definitionId", "diploma", "mode", "ISSUE", "medium", "EMAIL");
    publisher.publish(batches.answers(batch, 1));
    Api.ACME.untilStatus(batch, "COMPLETED");
    report(first(batch, 2), DeliveryStatus.BOUNCED);
    untilEmail(batch, 2, "BOUNCED");
    assertThat(Api.ACME.request().get("/v1/batches/" + batch + "/report.csv").asString())
        .contains(" wrong-" + name);
    String right = "right-" + name + "@example.org";
    // When
    resend(batch, 2, "{\"contact\": \"%s\"}".formatted(right)).statusCode(200);
    String report = Api.ACME.request().get("/v1/batches/" + batch + "/report.csv").asString();
    String anew =
        Api.ACME
            .request()
            .multiPart("file", "report.csv", report.getBytes(UTF_8), "text/csv")
            .multiPart("unchangedRows", "replace")
            .post("/v1/batches/" + batch + "/replacements")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    // Then
    assertThat(report).contains(right).doesNotContain("wrong-");
    assertThat(Api.ACME.get("/v1/batches/" + anew + "/rows/2").getString("recipient.email"))
        .isEqualTo(right);
    assertThat(Api.ACME.request().get("/v1/batches/" + anew + "/report.csv").asString())
        .contains(right);
  }

  @Test
  void correctionsOfBothContactsAtOnceAreBothKept() throws Exception {
    // Given: cells that are kept, both messages failed, and somebody who holds the row
    String sheet =
        "First Name,Email,Phone,Degree\nAda,' wrong-%s@example.org',0600 123456,BSc\n"
            .replace("'", "\"")
            .formatted(name);
    String batch =
        Api.ACME.accepted(
            sheet, "definitionId", "diploma", "medium", "EMAIL", "medium", "SMS", "mode", "ISSUE");
    publisher.publish(batches.answers(batch, 1));
    Api.ACME.untilStatus(batch, "COMPLETED");
    List<DeliveryRequested> both = messages.of(batch, 2);
    report(of(both, Medium.EMAIL), DeliveryStatus.FAILED);
    report(of(both, Medium.SMS), DeliveryStatus.FAILED);
    untilEmail(batch, 2, "FAILED");
    await().until(() -> row(batch).getString("delivery.SMS").equals("FAILED"));
    String right = "right-" + name + "@example.org";
    try (Connection holder = database.getConnection();
        Statement hold = holder.createStatement();
        ExecutorService callers = Executors.newFixedThreadPool(2)) {
      holder.setAutoCommit(false);
      hold.execute("select from row_credential where batch_id = '%s' for update".formatted(batch));
      // When
      Future<ValidatableResponse> email =
          callers.submit(() -> resend(batch, 2, contact("EMAIL", right)));
      Future<ValidatableResponse> sms =
          callers.submit(() -> resend(batch, 2, contact("SMS", "+34600999999")));
      await().until(() -> waiting(hold) == 2);
      holder.rollback();
      // Then
      email.get().statusCode(200);
      sms.get().statusCode(200);
    }
    assertThat(Api.ACME.request().get("/v1/batches/" + batch + "/report.csv").asString())
        .contains(right, "+34600999999")
        .doesNotContain("wrong-")
        .doesNotContain("0600 123456");
  }

  private static String contact(String medium, String contact) {
    return "{\"medium\": \"%s\", \"contact\": \"%s\"}".formatted(medium, contact);
  }

  private static int waiting(Statement statement) throws SQLException {
    try (ResultSet result =
        statement.executeQuery(
            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%row_credential%for update%'")) {
      result.next();
      return result.getInt(1);
    }
  }

  @Test
  void whatIsSaidOfTheMessageBeforeCountsNoLonger() {
    // Given
    String batch = batches.issued(1, name, "medium", "EMAIL");
    DeliveryRequested first = first(batch, 2);
    report(first, DeliveryStatus.SENT);
    untilEmail(batch, 2, "SENT");
    resend(batch, 2, "{}").statusCode(200);
    DeliveryRequested second = last(batch, 2);
    // When
    report(first, DeliveryStatus.BOUNCED);
    report(second, DeliveryStatus.SENT);
    // Then
    untilEmail(batch, 2, "SENT");
    JsonPath counts = Api.ACME.get("/v1/batches/" + batch);
    assertThat(counts.getInt("delivery.EMAIL.sent")).isOne();
    assertThat(counts.getInt("delivery.EMAIL.bounced")).isZero();
    assertThat(counts.getInt("delivery.EMAIL.pending")).isZero();
  }

  @Test
  void allThatFailedGoOutAgainAndTheOthersDoNot() {
    // Given
    String batch = batches.issued(3, name, "medium", "EMAIL");
    report(first(batch, 2), DeliveryStatus.FAILED);
    report(first(batch, 3), DeliveryStatus.SENT);
    report(first(batch, 4), DeliveryStatus.BOUNCED);
    untilEmail(batch, 4, "BOUNCED");
    // When
    all(batch, "{}").statusCode(200).body("resent", equalTo(2));
    all(batch, "{}").statusCode(200).body("resent", equalTo(0));
    // Then
    assertThat(messages.of(batch, 5))
        .filteredOn(message -> message.generation() == 2)
        .extracting(message -> message.row().number())
        .containsExactlyInAnyOrder(2, 4);
    assertThat(Api.ACME.get("/v1/batches/" + batch).getInt("delivery.EMAIL.pending")).isEqualTo(2);
  }

  @Test
  void whomNoEmailReachesIsWrittenToBySmsOnceWhereThatIsWanted() {
    // Given
    String sheet =
        "First Name,Email,Phone,Degree\n"
            + "Ada,ada-%s@example.org,+34600123456,BSc\n".formatted(name)
            + "Bo,bo-%s@example.org,,BSc\n".formatted(name);
    String batch =
        Api.ACME.accepted(
            sheet,
            "definitionId",
            "diploma",
            "medium",
            "EMAIL",
            "fallback",
            "SMS",
            "mode",
            "ISSUE");
    publisher.publish(batches.answers(batch, 2));
    Api.ACME.untilStatus(batch, "COMPLETED");
    assertThat(Api.ACME.get("/v1/batches/" + batch).getString("fallback")).isEqualTo("SMS");
    // When
    report(first(batch, 2), DeliveryStatus.BOUNCED);
    report(first(batch, 2), DeliveryStatus.BOUNCED);
    report(first(batch, 3), DeliveryStatus.FAILED);
    untilEmail(batch, 3, "FAILED");
    // Then
    List<DeliveryRequested> texts =
        messages.of(batch, 3).stream().filter(m -> m.medium() == Medium.SMS).toList();
    assertThat(texts).hasSize(1);
    assertThat(texts.getFirst().contact()).isEqualTo("+34600123456");
    JsonPath counts = Api.ACME.get("/v1/batches/" + batch);
    assertThat(counts.getInt("delivery.SMS.pending")).isOne();
    assertThat(counts.getString("delivery.settledAt")).isNull();
    report(texts.getFirst(), DeliveryStatus.SENT);
    await()
        .until(() -> Api.ACME.get("/v1/batches/" + batch).getString("delivery.settledAt") != null);
    assertThat(Api.ACME.get("/v1/batches/" + batch + "/rows").getList("items.delivery.SMS"))
        .containsExactly("SENT", "NOT_REQUESTED");
  }

  @Test
  void whatCameBackAndFailedTheSecondTimeIsFailed() {
    // Given
    String batch = batches.issued(1, name, "medium", "EMAIL");
    report(first(batch, 2), DeliveryStatus.SENT);
    untilEmail(batch, 2, "SENT");
    // When
    report(first(batch, 2), DeliveryStatus.FAILED, "Given up");
    // Then
    untilEmail(batch, 2, "FAILED");
    JsonPath counts = Api.ACME.get("/v1/batches/" + batch);
    assertThat(counts.getInt("delivery.EMAIL.sent")).isZero();
    assertThat(counts.getInt("delivery.EMAIL.failed")).isOne();
  }

  @Test
  void nothingIsSentOfWhatIsRevoked() throws Exception {
    // Given
    String batch = batches.issued(1, name, "medium", "EMAIL");
    report(first(batch, 2), DeliveryStatus.BOUNCED);
    untilEmail(batch, 2, "BOUNCED");
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.executeUpdate(
          "update row_credential set validity = 'REVOKED' where batch_id = '" + batch + "'");
    }
    // Then
    resend(batch, 2, "{}").statusCode(409).body("detail", containsString("revoked"));
    all(batch, "{}").statusCode(200).body("resent", equalTo(0));
  }

  @Test
  void aFallbackThatCannotBeIsRefused() {
    for (String[] parts :
        new String[][] {
          {"medium", "SMS", "fallback", "SMS"},
          {"medium", "EMAIL", "fallback", "EMAIL"},
          {"fallback", "SMS"}
        }) {
      String[] all = Arrays.copyOf(parts, parts.length + 2);
      all[parts.length] = "definitionId";
      all[parts.length + 1] = "diploma";
      Api.ACME
          .upload("First Name,Email,Phone,Degree\nAda,a@example.org,+34600123456,BSc\n", all)
          .then()
          .statusCode(400)
          .body("detail", containsString("fallback"));
    }
  }

  @Test
  void theReportGroupsWhyMessagesDidNotArriveAndListsTheirRows() {
    // Given
    String batch = batches.issued(4, name, "medium", "EMAIL");
    report(first(batch, 2), DeliveryStatus.SENT);
    report(first(batch, 3), DeliveryStatus.BOUNCED, "550 5.1.1 <(address)>: no user (queue 17)");
    report(first(batch, 4), DeliveryStatus.BOUNCED, "550 5.1.1 <(address)>: no user (queue 4)");
    report(first(batch, 5), DeliveryStatus.FAILED, "Given up");
    untilEmail(batch, 5, "FAILED");
    untilEmail(batch, 4, "BOUNCED");
    // When
    JsonPath report = Api.ACME.get("/v1/batches/" + batch + "/delivery-report");
    String file =
        Api.ACME.request().get("/v1/batches/" + batch + "/delivery-report.csv").asString();
    // Then
    assertThat(report.getInt("delivery.EMAIL.bounced")).isEqualTo(2);
    assertThat(report.getString("delivery.settledAt")).isNotNull();
    assertThat(report.getList("reasons.reason")).containsExactly("5.1.1", "Given up");
    assertThat(report.getList("reasons.rows")).containsExactly(2, 1);
    assertThat(report.getList("reasons.firstRow")).containsExactly(3, 5);
    assertThat(file.lines().skip(1))
        .hasSize(3)
        .allMatch(line -> line.contains("BOUNCED") || line.contains("FAILED"));
    Api.GLOBEX.request().get("/v1/batches/" + batch + "/delivery-report").then().statusCode(404);
  }

  @Test
  void eachOfARowsMessagesHasItsOwnProblem() {
    // Given
    String sheet =
        "First Name,Email,Phone,Degree\nAda,ada-%s@example.org,+34600123456,BSc\n".formatted(name);
    String batch =
        Api.ACME.accepted(
            sheet, "definitionId", "diploma", "medium", "EMAIL", "medium", "SMS", "mode", "ISSUE");
    publisher.publish(batches.answers(batch, 1));
    Api.ACME.untilStatus(batch, "COMPLETED");
    List<DeliveryRequested> both = messages.of(batch, 2);
    // When
    report(of(both, Medium.EMAIL), DeliveryStatus.FAILED, "550 5.1.1 <(address)>: no user");
    report(of(both, Medium.SMS), DeliveryStatus.FAILED, "Error 30006: landline");
    untilEmail(batch, 2, "FAILED");
    await().until(() -> row(batch).getString("delivery.SMS").equals("FAILED"));
    // Then
    assertThat(row(batch).getString("deliveryProblems.EMAIL.detail")).startsWith("550 5.1.1");
    assertThat(row(batch).getString("deliveryProblems.SMS.detail"))
        .isEqualTo("Error 30006: landline");
    assertThat(row(batch).getString("problem.detail")).isEqualTo("Error 30006: landline");
    JsonPath report = Api.ACME.get("/v1/batches/" + batch + "/delivery-report");
    assertThat(report.getList("reasons.medium")).containsExactlyInAnyOrder("EMAIL", "SMS");
    assertThat(report.getString("reasons.find { it.medium == 'EMAIL' }.reason")).isEqualTo("5.1.1");
    assertThat(report.getString("reasons.find { it.medium == 'SMS' }.reason"))
        .isEqualTo("Error 30006: landline");
    for (String file : List.of("/delivery-report.csv", "/report.csv")) {
      assertThat(Api.ACME.request().get("/v1/batches/" + batch + file).asString().lines())
          .element(1)
          .asString()
          .endsWith(
              ",The message was not taken: Error 30006: landline"
                  + ",The message was not taken: 550 5.1.1 <(address)>: no user"
                  + ",The message was not taken: Error 30006: landline");
    }
    // When the email alone is sent once more
    resend(batch, 2, "{\"medium\": \"EMAIL\"}")
        .statusCode(200)
        .body("deliveryProblems.EMAIL", equalTo(null))
        .body("deliveryProblems.SMS.detail", equalTo("Error 30006: landline"))
        .body("problem.detail", equalTo("Error 30006: landline"));
    resend(batch, 2, "{\"medium\": \"SMS\"}")
        .statusCode(200)
        .body("deliveryProblems", equalTo(null))
        .body("problem", equalTo(null));
  }

  private static DeliveryRequested of(List<DeliveryRequested> messages, Medium medium) {
    return messages.stream()
        .filter(message -> message.medium() == medium)
        .findFirst()
        .orElseThrow();
  }

  private static JsonPath row(String batch) {
    return Api.ACME.get("/v1/batches/" + batch + "/rows/2");
  }

  @Test
  void whatIsUnderWayOrNotIssuedIsNotSent() {
    String batch = batches.issued(1, name, "medium", "EMAIL");
    resend(batch, 2, "{}").statusCode(409).body("detail", containsString("PENDING"));
    resend(batch, 3, "{}").statusCode(404);
    resend(batch, 2, "{\"medium\": \"SMS\"}").statusCode(409);
    resend(batch, 2, "{\"contact\": \"nobody\"}")
        .statusCode(400)
        .body("detail", containsString("name@example.org"));
    all(batch, "{\"delivery\": [\"PENDING\"]}").statusCode(400);
    String waiting =
        Api.ACME.accepted(
            IssuedBatches.HEADER + ",Ada,Example,%s@example.org,,BSc,10\n".formatted(name),
            "definitionId",
            "diploma",
            "medium",
            "EMAIL");
    Api.ACME.untilStatus(waiting, "READY");
    resend(waiting, 2, "{}").statusCode(409).body("detail", containsString("not issued"));
  }

  @Test
  void anotherOrganizationsRowsAreNotThere() {
    String batch = batches.issued(1, name, "medium", "EMAIL");
    Api.GLOBEX
        .request()
        .contentType(ContentType.JSON)
        .body("{}")
        .post("/v1/batches/" + batch + "/rows/2/resend")
        .then()
        .statusCode(404);
  }

  private DeliveryRequested first(String batch, int row) {
    return messages.of(batch, row - 1).stream()
        .filter(message -> message.row().number() == row)
        .findFirst()
        .orElseThrow();
  }

  private DeliveryRequested last(String batch, int atLeast) {
    return messages.of(batch, atLeast).getLast();
  }

  private void report(DeliveryRequested message, DeliveryStatus status) {
    report(message, status, null);
  }

  private void report(DeliveryRequested message, DeliveryStatus status, String words) {
    publisher.publish(
        List.of(
            new DeliveryOutcome(
                message.row(),
                message.medium(),
                message.purpose(),
                message.generation(),
                status,
                Instant.parse("2026-11-23T09:00:00Z"),
                words == null ? null : Problem.of(ProblemType.MESSAGE_NOT_DELIVERED, words))));
  }

  private void untilEmail(String batch, int row, String status) {
    await()
        .until(
            () ->
                status.equals(
                    Api.ACME
                        .get("/v1/batches/" + batch + "/rows/" + row)
                        .getString("delivery.EMAIL")));
  }

  private static ValidatableResponse resend(String batch, int row, String body) {
    return post("/v1/batches/" + batch + "/rows/" + row + "/resend", body);
  }

  private static ValidatableResponse all(String batch, String body) {
    return post("/v1/batches/" + batch + "/resend", body);
  }

  private static ValidatableResponse post(String path, String body) {
    return Api.ACME.request().contentType(ContentType.JSON).body(body).post(path).then();
  }
}
