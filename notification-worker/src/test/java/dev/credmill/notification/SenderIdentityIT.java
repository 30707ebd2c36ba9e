package dev.credmill.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.backing.Mailbox;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.preview.MessagePreview;
import dev.credmill.contracts.preview.MessagePreviewClient;
import dev.credmill.notification.bounce.Returned;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An organization writes as itself, over its own mail server. */
@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(MailboxTestResource.class)
@WithTestResource(OwnServers.class)
class SenderIdentityIT {
  private static final String PATH = "/v1/sender-identity";
  private static final String FROM = "diplomas@acme.example.com";
  private static final Duration SOON = Duration.ofSeconds(10);

  Mailbox mailbox;
  OwnServers own;
  @Inject EventPublisher publisher;
  @Inject Outcomes outcomes;
  @Inject DeliveryTable table;

  @Inject
  @DataSource("notification")
  AgroalDataSource database;

  private final String address = "ada-" + UUID.randomUUID() + "@example.net";

  @AfterEach
  void forget() throws SQLException {
    as(CatalogueInMemory.ACME_ADMIN).delete(PATH);
    as(CatalogueInMemory.GLOBEX_ADMIN).delete(PATH);
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("delete from hourly_use");
    }
  }

  @Test
  void messagesGoOverTheOrganizationsServerAndThoseOfOthersOverThePlatforms() {
    // Given
    put(Map.of(
            "from",
            FROM,
            "fromName",
            "Acme, Régistrar",
            "replyTo",
            "ask@acme.example.com",
            "server",
            server()))
        .statusCode(200);
    // When
    RowId ours = send(address);
    RowId theirs = sendOfGlobex("theirs-" + address);
    // Then
    assertThat(outcomes.of(ours, 1).getFirst().status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(outcomes.of(theirs, 1).getFirst().status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(own.taken(address)).hasSize(1);
    OwnServers.Taken taken = own.taken(address).getFirst();
    assertThat(taken.returnPath()).isEqualTo(FROM);
    assertThat(taken.message())
        .contains(
            "From: =?UTF-8?B?QWNtZSwgUsOpZ2lzdHJhcg==?= <diplomas@acme.example.com>\r\n",
            "Reply-To: ask@acme.example.com\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "Message-ID: <%s@credentials.example.org>\r\n".formatted(messageHex(ours)));
    assertThat(received(mailbox, address)).isEmpty();
    assertThat(received(mailbox, "theirs-" + address)).hasSize(1);
    assertThat(own.taken("theirs-" + address)).isEmpty();
  }

  @Test
  void aWrongPasswordIsToldInTheServersWordsAndNothingIsKept() {
    // When
    put(Map.of("from", FROM, "server", server("password", "wrong horse")))
        .statusCode(422)
        .body("type", equalTo("urn:credmill:problem:mail-server-refused"))
        .body("detail", containsString("535"))
        .body("detail", not(containsString("wrong horse")));
    // Then
    as(CatalogueInMemory.ACME_ADMIN).get(PATH).then().statusCode(404);
  }

  @Test
  void aMailboxThatDoesNotOpenIsToldAndNothingIsKept() {
    Map<String, Object> wrong = bounces();
    wrong.put("password", "wrong horse");
    put(Map.of("from", FROM, "server", mailboxServer(), "bounces", wrong))
        .statusCode(422)
        .body("type", equalTo("urn:credmill:problem:mail-server-refused"))
        .body("errors[0].field", equalTo("bounces"));
    as(CatalogueInMemory.ACME_ADMIN).get(PATH).then().statusCode(404);
  }

  @Test
  void whatIsNotTriedIsKeptAllTheSame() {
    put("?check=false", Map.of("from", FROM, "server", server("password", "wrong horse")))
        .statusCode(200);
    as(CatalogueInMemory.ACME_ADMIN).get(PATH).then().body("server.passwordSet", equalTo(true));
    put("?check=maybe", Map.of("fromName", "x")).statusCode(400);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatWasChangedDuringATrialIsNotReplacedByIt(boolean wasThereOneBefore) {
    // Given
    if (wasThereOneBefore) {
      put(Map.of("fromName", "Before")).statusCode(200);
    }
    own.atTheNextLogin(() -> put(Map.of("fromName", "Meanwhile")).statusCode(200));
    // When
    put(Map.of("from", FROM, "server", server()))
        // Then
        .statusCode(409)
        .body("type", equalTo("urn:credmill:problem:conflict"));
    as(CatalogueInMemory.ACME_ADMIN).get(PATH).then().body("fromName", equalTo("Meanwhile"));
  }

  @Test
  void whatWasDeletedDuringATrialStaysDeleted() {
    put(Map.of("fromName", "Before")).statusCode(200);
    own.atTheNextLogin(() -> as(CatalogueInMemory.ACME_ADMIN).delete(PATH));
    put(Map.of("from", FROM, "server", server())).statusCode(409);
    as(CatalogueInMemory.ACME_ADMIN).get(PATH).then().statusCode(404);
  }

  @Test
  void aChangeHoldsSoonAndSoDoesGoingBack() {
    // Given
    put(Map.of("from", FROM, "server", server())).statusCode(200);
    outcomes.of(send(address), 1);
    assertThat(own.taken(address)).hasSize(1);
    // When another server is named
    put(Map.of("from", FROM, "server", mailboxServer())).statusCode(200);
    // Then
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              outcomes.of(send(address), 1);
              return received(own.mailbox(), address).size() > 0;
            });
    // When none is
    as(CatalogueInMemory.ACME_ADMIN).delete(PATH).then().statusCode(204);
    // Then
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              outcomes.of(send(address), 1);
              return received(mailbox, address).size() > 0;
            });
    assertThat(received(mailbox, address).getFirst().from())
        .contains("no-reply@credentials.example.org");
  }

  @Test
  void whatWaitsForABrokenServerGoesOverTheNextOne() {
    // Given a server that never says a word
    put("?check=false", Map.of("from", FROM, "server", silentServer())).statusCode(200);
    RowId row = send(address);
    await().until(() -> table.read(row, "status").equals("SENDING"));
    // When
    put(Map.of("from", FROM, "server", server())).statusCode(200);
    // Then
    assertThat(outcomes.of(row, 1).getFirst().status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(own.taken(address)).hasSize(1);
  }

  @Test
  void aServerThatSaysNothingHoldsUpNobodyElse() {
    // Given
    put("?check=false", Map.of("from", FROM, "server", silentServer())).statusCode(200);
    RowId stuck = send(address);
    await().until(() -> table.read(stuck, "status").equals("SENDING"));
    // When
    List<RowId> others =
        List.of(
            sendOfGlobex("1-" + address),
            sendOfGlobex("2-" + address),
            sendOfGlobex("3-" + address));
    // Then
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> others.stream().allMatch(row -> table.read(row, "status").equals("SENT")));
    assertThat(table.read(stuck, "status")).isEqualTo("SENDING");
  }

  @Test
  void noMoreMessagesBeginInAMinuteThanItsServerTakes() {
    // Given one a second
    put(Map.of("from", FROM, "server", server(), "perMinute", 60)).statusCode(200);
    long start = System.nanoTime();
    // When
    List<RowId> rows = List.of(send(address), send(address), send(address));
    // Then
    rows.forEach(row -> outcomes.of(row, 1));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1_900));
    assertThat(own.taken(address)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.1"})
  void aPrivateAddressIsRefusedTriedOrNot(String host) {
    for (String query : List.of("", "?check=false")) {
      put(query, Map.of("from", FROM, "server", somewhere(host)))
          .statusCode(422)
          .body("errors[0].field", equalTo("server.host"));
    }
    as(CatalogueInMemory.ACME_ADMIN).get(PATH).then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(ints = {22, 25, 80, 5432, 143, 0, 70_000})
  void aPortThatIsNotForMailIsRefused(int port) {
    put(Map.of("from", FROM, "server", Map.of("host", "smtp.acme.example.com", "port", port)))
        .statusCode(422)
        .body("errors.field", hasItems("server.port"))
        .body("errors[0].message", containsString("587"));
  }

  @Test
  void aNameThatLaterStandsForAPrivateAddressIsNotConnectedTo() throws SQLException {
    // Given a server whose address was public when it was named
    put("?check=false", Map.of("from", FROM, "server", somewhere("smtp.acme.example.com")))
        .statusCode(200);
    update("update sender_identity set host = '10.0.0.1' where organization = 'acme'");
    // When
    as(CatalogueInMemory.ACME_ADMIN)
        .body(Map.of("to", address))
        .post(PATH + "/test")
        .then()
        // Then
        .statusCode(422)
        .body("detail", containsString("private"));
  }

  @Test
  void anotherOrganizationNeitherSeesNorUsesIt() {
    // Given
    put(Map.of("from", FROM, "server", server())).statusCode(200);
    // Then
    as(CatalogueInMemory.GLOBEX_ADMIN).get(PATH).then().statusCode(404);
    as(CatalogueInMemory.GLOBEX_ADMIN).delete(PATH).then().statusCode(404);
    as(CatalogueInMemory.GLOBEX_ADMIN)
        .body(Map.of("from", FROM, "server", without(server(), "password")))
        .put(PATH)
        .then()
        .statusCode(422)
        .body("errors[0].field", equalTo("server.password"));
    as(CatalogueInMemory.ACME_ISSUER).get(PATH).then().statusCode(403);
    as(CatalogueInMemory.ACME_ISSUER)
        .body(Map.of("fromName", "x"))
        .put(PATH)
        .then()
        .statusCode(403);
    given().get(PATH).then().statusCode(401);
  }

  @Test
  void aPasswordIsNeitherShownNorKeptInTheClear() throws SQLException {
    // When
    put(Map.of("from", FROM, "server", server()))
        .statusCode(200)
        .body("server.passwordSet", equalTo(true))
        .body("server.password", nullValue());
    // Then
    String shown = as(CatalogueInMemory.ACME_ADMIN).get(PATH).asString();
    assertThat(shown).contains("\"passwordSet\":true").doesNotContain(OwnServers.PASSWORD);
    assertThat(read("select sender_identity::text from sender_identity"))
        .contains(FROM)
        .doesNotContain(OwnServers.PASSWORD)
        .doesNotContain(hex(OwnServers.PASSWORD));
  }

  @Test
  void aPasswordThatIsLeftOutStaysWhileHostAndUserDo() {
    // Given
    put(Map.of("from", FROM, "server", server())).statusCode(200);
    // When
    put(Map.of("from", "other@acme.example.com", "server", without(server(), "password")))
        .statusCode(200)
        .body("from", equalTo("other@acme.example.com"));
    // Then it still logs in
    outcomes.of(send(address), 1);
    assertThat(own.taken(address)).hasSize(1);
    // When the user is another one
    Map<String, Object> other = without(server(), "password");
    other.put("user", "somebody else");
    put(Map.of("from", FROM, "server", other))
        // Then
        .statusCode(422)
        .body("errors[0].field", equalTo("server.password"))
        .body("errors[0].code", equalTo("missing"));
    // When the host is
    other = without(server(), "password");
    other.put("host", "localhost");
    put(Map.of("from", FROM, "server", other)).statusCode(422);
  }

  @Test
  void aPasswordThatWasUnderTlsIsEnteredAgainBeforeItIsSaidInTheClear() {
    // Given
    Map<String, Object> bounces = bounces();
    bounces.put("security", "STARTTLS");
    put(
            "?check=false",
            Map.of("from", FROM, "server", server("security", "STARTTLS"), "bounces", bounces))
        .statusCode(200)
        .body("bounces.security", equalTo("STARTTLS"));
    // When
    Map<String, Object> clear = without(server(), "password");
    put(Map.of("from", FROM, "server", clear))
        // Then
        .statusCode(422)
        .body("errors[0].field", equalTo("server.password"));
    Map<String, Object> clearMailbox = without(bounces(), "password");
    put(Map.of("from", FROM, "server", server(), "bounces", clearMailbox))
        .statusCode(422)
        .body("errors[0].field", equalTo("bounces.password"));
    clear.put("security", "TLS");
    put("?check=false", Map.of("from", FROM, "server", clear)).statusCode(200);
  }

  @Test
  void overThePlatformsServerNobodyWritesFromAForeignDomain() {
    put(Map.of("from", FROM))
        .statusCode(422)
        .body("type", equalTo("urn:credmill:problem:sender-identity-invalid"))
        .body("errors[0].code", equalTo("foreign-domain"))
        .body("errors[0].message", containsString("your own server"));
    // Another's allowed domain is no more this one's.
    put(Map.of("from", "x@globex.example.com")).statusCode(422);
    put(Map.of("fromName", "x", "perMinute", 10))
        .statusCode(422)
        .body("errors[0].field", equalTo("perMinute"));
    put(Map.of("fromName", "x", "bounces", Map.of("address", "bounces@acme.example.com")))
        .statusCode(422)
        .body("errors[0].field", equalTo("bounces"));
    put(Map.of()).statusCode(422);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no-reply@credentials.example.org",
        "news@below.CREDENTIALS.example.org",
        "news@globex.example.com"
      })
  void fromThePlatformsDomainAndThoseOfOthersNobodyWritesOverHisOwnServerEither(String foreign) {
    put(Map.of("from", foreign, "server", server()))
        .statusCode(422)
        .body("errors.field", hasItems("from"))
        .body("errors.code", hasItems("foreign-domain"));
    Map<String, Object> bounces = bounces();
    bounces.put("address", foreign);
    put(Map.of("from", FROM, "server", server(), "bounces", bounces))
        .statusCode(422)
        .body("errors.field", hasItems("bounces.address"));
  }

  @Test
  void aServerInTheInternetIsLoggedInTo() {
    put(Map.of("from", FROM, "server", Map.of("host", "smtp.acme.example.com")))
        .statusCode(422)
        .body("errors.field", hasItems("server.user"))
        .body("errors[0].message", containsString("operator"));
  }

  @Test
  void aNameAndWhomToAnswerNeedNoServer() throws Exception {
    // Given
    put(Map.of("fromName", "The Registrar", "replyTo", "ask@acme.example.com")).statusCode(200);
    // When
    RowId row = send(address);
    outcomes.of(row, 1);
    // Then
    MimeMessage message =
        mailbox.message(received(mailbox, address).getFirst().number()).orElseThrow();
    assertThat(message.getHeader("From"))
        .containsExactly("\"The Registrar\" <no-reply@credentials.example.org>");
    assertThat(message.getHeader("Reply-To")).containsExactly("ask@acme.example.com");
    assertThat(message.getHeader("Return-Path"))
        .containsExactly("<bounces+%s@credentials.example.org>".formatted(messageHex(row)));
    MessagePreview preview = preview(Requests.email(Requests.row(), address, "Ada"));
    assertThat(preview.from()).isEqualTo("The Registrar <no-reply@credentials.example.org>");
    assertThat(preview.replyTo()).isEqualTo("ask@acme.example.com");
  }

  @Test
  void aDomainThatTheOperatorAllowsIsWrittenFromOverThePlatformsServer() {
    // Given
    as(CatalogueInMemory.GLOBEX_ADMIN)
        .body(Map.of("from", "news@mail.globex.example.com"))
        .put(PATH)
        .then()
        .statusCode(200);
    // When
    outcomes.of(sendOfGlobex(address), 1);
    // Then
    assertThat(received(mailbox, address).getFirst().from())
        .isEqualTo("\"Globex Corporation\" <news@mail.globex.example.com>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"fromName\": \"x\\r\\nBcc: everybody@example.com\"}",
        "{\"fromName\": \"x\\u2028y\"}",
        "{\"fromName\": \" \"}",
        "{\"fromName\": \"x\", \"replyTo\": \"a@example.com\\r\\nBcc: b@example.com\"}",
        "{\"fromName\": \"x\", \"replyTo\": \"a@example.com, b@example.com\"}",
        "{\"fromName\": \"x\", \"replyTo\": \"A <a@example.com>\"}",
        "{\"fromName\": \"x\", \"replyTo\": \"\\\"a b\\\"@example.com\"}",
        "{\"fromName\": \"x\", \"replyTo\": \"nobody\"}",
        "{\"from\": \"a@acme.example.com\", \"server\": {\"host\": \"smtp.example.com/x\"}}",
        "{\"from\": \"a@acme.example.com\", \"server\": {\"host\": \"\"}}",
        "{\"from\": \"a@acme.example.com\", \"server\": {}}",
        "{\"server\": {\"host\": \"smtp.acme.example.com\"}}",
        "{\"from\": \"a@acme.example.com\", \"server\": {\"host\": \"smtp.acme.example.com\", \"password\": \"x\"}}",
        "{\"from\": \"a@acme.example.com\", \"server\": {\"host\": \"smtp.acme.example.com\", \"user\": \"a\\nb\", \"password\": \"x\"}}",
        "{\"from\": \"a@acme.example.com\", \"server\": {\"host\": \"smtp.acme.example.com\"}, \"bounces\": {}}",
        "{\"from\": \"a@acme.example.com\", \"server\": {\"host\": \"smtp.acme.example.com\"}, \"perMinute\": 0}",
        "{\"from\": \"a@acme.example.com\", \"server\": {\"host\": \"smtp.acme.example.com\"}, \"bounces\": {\"address\": \"a-very-long-name-for-a-mailbox-1@acme.example.com\"}}",
        "{\"from\": \"a@acme.example.com\", \"server\": {\"host\": \"smtp.acme.example.com\"}, \"bounces\": {\"address\": \"b@acme.example.com\", \"host\": \"imap.acme.example.com\"}}"
      })
  void whatIsNoIdentityIsRefusedWithAdvice(String body) {
    as(CatalogueInMemory.ACME_ADMIN)
        .body(body)
        .put(PATH)
        .then()
        .statusCode(422)
        .body("type", equalTo("urn:credmill:problem:sender-identity-invalid"))
        .body("errors[0].message", not(nullValue()));
    as(CatalogueInMemory.ACME_ADMIN).get(PATH).then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"fromName\": \"x\", \"perMinute\": 1.5}",
        "{\"fromName\": \"x\", \"sender\": \"y\"}",
        "{\"from\": \"a@acme.example.com\", \"server\": {\"host\": \"x\", \"security\": \"SSL\"}}",
        "[]"
      })
  void aBodyOfAnotherShapeIsRefused(String body) {
    as(CatalogueInMemory.ACME_ADMIN).body(body).put(PATH).then().statusCode(400);
  }

  @Test
  void aTestMessageGoesTheWayOfTheOthersAndTheServerIsQuoted() {
    // Given
    put(Map.of("from", FROM, "server", server())).statusCode(200);
    // When
    as(CatalogueInMemory.ACME_ADMIN)
        .body(Map.of("to", address))
        .post(PATH + "/test")
        .then()
        .statusCode(200)
        .body("status", equalTo("SENT"))
        .body("words", equalTo("250 2.0.0 queued for you"));
    // Then
    assertThat(own.taken(address)).hasSize(1);
    assertThat(own.taken(address).getFirst().message())
        .contains("Subject: =?UTF-8?B?W1Rlc3Rd", "<" + FROM + ">");
  }

  @Test
  void thereAreFewTestsAndFewTrialsInAnHour() throws SQLException {
    for (int i = 0; i < 10; i++) {
      as(CatalogueInMemory.ACME_ADMIN)
          .body(Map.of("to", address))
          .post(PATH + "/test")
          .then()
          .statusCode(200);
    }
    as(CatalogueInMemory.ACME_ADMIN)
        .body(Map.of("to", address))
        .post(PATH + "/test")
        .then()
        .statusCode(429);
    update("update hourly_use set what = 'LOGIN', times = 30");
    put(Map.of("from", FROM, "server", server())).statusCode(429);
    put("?check=false", Map.of("from", FROM, "server", server())).statusCode(429);
    put(Map.of("fromName", "x")).statusCode(200);
  }

  @Test
  void whatComesBackToTheOrganizationsMailboxCountsForItsMessagesAlone() {
    // Given
    put(Map.of("from", FROM, "server", mailboxServer(), "bounces", bounces())).statusCode(200);
    RowId ours = send(address);
    RowId theirs = sendOfGlobex("theirs-" + address);
    outcomes.of(ours, 1);
    outcomes.of(theirs, 1);
    assertThat(received(own.mailbox(), address)).hasSize(1);
    assertThat(returnPath(own.mailbox(), address))
        .isEqualTo("<returns+%s@acme.example.com>".formatted(messageHex(ours)));
    // When reports on both come to it
    comesBack(Returned.postfix(message(theirs), "5.1.1", "550 5.1.1 User unknown"));
    comesBack(Returned.postfix(message(ours), "5.1.1", "550 5.1.1 User unknown"));
    // Then
    assertThat(outcomes.of(ours, 2).getLast().status()).isEqualTo(DeliveryStatus.BOUNCED);
    assertThat(table.read(theirs, "status")).isEqualTo("SENT");
    await()
        .untilAsserted(
            () ->
                assertThat(own.mailbox().messages(100, Long.MAX_VALUE))
                    .filteredOn(summary -> summary.to().startsWith("returns"))
                    .as("what is of no message of theirs is left where it is")
                    .hasSize(1));
  }

  @Test
  void aBrokenMailboxHoldsUpNobodyElses() {
    // Given
    Map<String, Object> silent = bounces();
    silent.put("port", own.silentPort());
    put("?check=false", Map.of("from", FROM, "server", mailboxServer(), "bounces", silent))
        .statusCode(200);
    as(CatalogueInMemory.GLOBEX_ADMIN)
        .body(
            Map.of("from", "x@globex.example.com", "server", mailboxServer(), "bounces", bounces()))
        .put(PATH)
        .then()
        .statusCode(200);
    RowId theirs = sendOfGlobex(address);
    outcomes.of(theirs, 1);
    // When
    comesBack(Returned.postfix(message(theirs), "5.1.1", "550 5.1.1 User unknown"));
    // Then
    assertThat(outcomes.of(theirs, 2).getLast().status()).isEqualTo(DeliveryStatus.BOUNCED);
  }

  @Test
  void messagesWithLargeHeadersKeepNothingBehindThemFromBeingRead() {
    // Given
    put(Map.of("from", FROM, "server", mailboxServer(), "bounces", bounces())).statusCode(200);
    RowId row = send(address);
    outcomes.of(row, 1);
    String large = "x".repeat(900) + "\r\n ";
    String hostile =
        "From: %s<a@example.net>\r\nX-Large: %s\r\nSubject: x\r\n\r\nx\r\n"
            .formatted(large.repeat(100), large.repeat(20));
    for (int i = 0; i < 50; i++) {
      comesBack(hostile);
    }
    // When
    comesBack(Returned.postfix(message(row), "5.1.1", "550 5.1.1 User unknown"));
    // Then
    assertThat(outcomes.of(row, 2).getLast().status()).isEqualTo(DeliveryStatus.BOUNCED);
  }

  private Map<String, Object> server(String... more) {
    Map<String, Object> server = new HashMap<>();
    server.put("host", "127.0.0.1");
    server.put("port", own.port());
    server.put("security", "NONE");
    server.put("user", OwnServers.USER);
    server.put("password", OwnServers.PASSWORD);
    for (int i = 0; i < more.length; i += 2) {
      server.put(more[i], more[i + 1]);
    }
    return server;
  }

  private static Map<String, Object> somewhere(String host) {
    return Map.of("host", host, "port", 587, "user", OwnServers.USER, "password", "wrong horse");
  }

  private Map<String, Object> mailboxServer() {
    return Map.of("host", "127.0.0.1", "port", own.mailbox().smtpPort(), "security", "NONE");
  }

  private Map<String, Object> silentServer() {
    return Map.of("host", "127.0.0.1", "port", own.silentPort(), "security", "NONE");
  }

  private Map<String, Object> bounces() {
    Map<String, Object> bounces = new HashMap<>();
    bounces.put("address", "returns@acme.example.com");
    bounces.put("host", "127.0.0.1");
    bounces.put("port", own.mailbox().imapPort());
    bounces.put("security", "NONE");
    bounces.put("user", Mailbox.USER);
    bounces.put("password", Mailbox.PASSWORD);
    return bounces;
  }

  private static Map<String, Object> without(Map<String, Object> map, String key) {
    Map<String, Object> less = new HashMap<>(map);
    less.remove(key);
    return less;
  }

  private ValidatableResponse put(Map<String, ?> body) {
    return put("", body);
  }

  private ValidatableResponse put(String query, Map<String, ?> body) {
    return as(CatalogueInMemory.ACME_ADMIN).body(body).put(PATH + query).then();
  }

  private static RequestSpecification as(String key) {
    return given().header("X-API-Key", key).contentType(ContentType.JSON);
  }

  private RowId send(String to) {
    RowId row = Requests.row();
    publisher.publish(List.of(Requests.email(row, to, "Ada")));
    return row;
  }

  private RowId sendOfGlobex(String to) {
    RowId row = Requests.row();
    publisher.publish(
        List.of(
            Requests.request(
                row,
                CatalogueInMemory.GLOBEX,
                CatalogueInMemory.MEMBERSHIP,
                Medium.EMAIL,
                to,
                "Ada")));
    return row;
  }

  private static MessagePreview preview(DeliveryRequested request) {
    return QuarkusRestClientBuilder.newBuilder()
        .baseUri(URI.create("http://localhost:" + RestAssured.port))
        .build(MessagePreviewClient.class)
        .preview(request);
  }

  private UUID message(RowId row) {
    return UUID.fromString(table.read(row, "message"));
  }

  private String messageHex(RowId row) {
    return table.read(row, "message").replace("-", "");
  }

  private static List<Mailbox.Summary> received(Mailbox mailbox, String to) {
    return mailbox.messages(100_000, Long.MAX_VALUE).stream()
        .filter(summary -> summary.to().startsWith(to))
        .toList();
  }

  private static String returnPath(Mailbox mailbox, String to) {
    try {
      return mailbox
          .message(received(mailbox, to).getFirst().number())
          .orElseThrow()
          .getHeader("Return-Path")[0];
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** To the organization's mailbox. */
  private void comesBack(String mail) {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.host", "127.0.0.1");
    properties.setProperty("mail.smtp.port", Integer.toString(own.mailbox().smtpPort()));
    Session session = Session.getInstance(properties);
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect();
      transport.sendMessage(
          new MimeMessage(session, new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8))),
          new Address[] {new InternetAddress("returns@acme.example.com")});
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private void update(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private String read(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "nothing";
    }
  }
}
