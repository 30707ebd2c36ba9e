package dev.credmill.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.backing.Mailbox;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.preview.MessagePreview;
import dev.credmill.contracts.preview.MessagePreviewClient;
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
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What emails say is the organization's to say. */
@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(MailboxTestResource.class)
class MessageTemplateIT {
  private static final String PATH = "/v1/message-templates";
  private static final String GERMAN =
      "Guten Tag{{#name}} {{name}}{{/name}},\n\nIhr Nachweis {{title}} ist da:\n\n{{link}}\n\nNoch einmal: {{link}}";
  private static final Duration SOON = Duration.ofSeconds(10);

  Mailbox mailbox;
  @Inject EventPublisher publisher;
  @Inject Outcomes outcomes;

  @Inject
  @DataSource("notification")
  AgroalDataSource database;

  private MessagePreviewClient client;

  @BeforeEach
  void connect() {
    client =
        QuarkusRestClientBuilder.newBuilder()
            .baseUri(URI.create("http://localhost:" + RestAssured.port))
            .build(MessagePreviewClient.class);
  }

  @AfterEach
  void forget() throws SQLException {
    List<String> ids = as(CatalogueInMemory.ACME_ADMIN).get(PATH).then().extract().path("items.id");
    ids.forEach(id -> as(CatalogueInMemory.ACME_ADMIN).delete(PATH + "/" + id));
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("delete from hourly_use");
    }
  }

  @Test
  void aGermanRowGetsTheGermanWords() throws Exception {
    // Given
    made(template("de", "{{title}} für {{name}}", GERMAN, "accentColor", "#ffd400"));
    RowId row = Requests.row();
    // When
    publisher.publish(
        List.of(in("de-AT", Requests.email(row, "german@example.com", "<b>Grace</b> {{link}}"))));
    assertThat(outcomes.of(row, 1).getFirst().status()).isEqualTo(DeliveryStatus.SENT);
    // Then
    MimeMessage message = only("german@example.com");
    assertThat(message.getSubject()).isEqualTo("Your diploma 🎓 für <b>Grace</b> {{link}}");
    assertThat(part(message, 0))
        .startsWith("Guten Tag <b>Grace</b> {{link}},\r\n\r\nIhr Nachweis Your diploma 🎓 ist da:")
        .contains(
            "\r\n" + Requests.LINK + "\r\n",
            "Noch einmal: " + Requests.LINK,
            "Gesendet im Auftrag von Universität");
    assertThat(part(message, 1))
        .contains(
            "<html lang=\"de\">",
            "Guten Tag &lt;b&gt;Grace&lt;/b&gt; {{link}},</p>",
            "<a class=\"button\" href=\"" + Requests.LINK + "\"",
            "background:#ffd400;color:#000000",
            "Noch einmal: <a class=\"link\" href=\"" + Requests.LINK + "\"")
        .doesNotContain("<b>Grace", "Hello");
  }

  @Test
  void aNameCannotAddHeadersToASubjectWithANameInIt() throws Exception {
    // Given
    made(template(null, "For {{name}}", "Hello {{name}},\n\n{{link}}"));
    RowId row = Requests.row();
    // When
    publisher.publish(
        List.of(
            Requests.email(
                row, "mallory@example.com", "Mallory\r\nBcc: everybody@example.com\r\n\r\nx")));
    outcomes.of(row, 1);
    // Then
    MimeMessage message = only("mallory@example.com");
    assertThat(message.getHeader("Bcc")).isNull();
    assertThat(message.getAllRecipients()).hasSize(1);
    assertThat(message.getSubject()).startsWith("For Mallory").contains("Bcc: everybody");
    assertThat(part(message, 0).lines().findFirst())
        .hasValue("Hello Mallory  Bcc: everybody@example.com    x,");
  }

  @Test
  void aDocumentOfTheOrganizationsOwnIsSentAsItIs() {
    // Given
    Map<String, Object> own =
        template(
            null,
            "{{title}}",
            null,
            "html",
            "<!DOCTYPE html><html><body><p>{{#name}}{{name}}{{/name}}</p><a href=\"{{link}}\">{{title}}</a>{{#claimLink}}<a href=\"{{claimLink}}\">w</a>{{/claimLink}}</body></html>",
            "text",
            "{{description}} {{link}}");
    made(own);
    // When
    MessagePreview shown = preview(Requests.email(Requests.row(), "a@example.com", "A & <B>"));
    // Then
    assertThat(shown.html())
        .isEqualTo(
            "<!DOCTYPE html><html><body><p>A &amp; &lt;B&gt;</p><a href=\""
                + Requests.LINK
                + "\">Your diploma 🎓</a></body></html>");
    assertThat(shown.text()).isEqualTo("With honours & <joy>. " + Requests.LINK);
    assertThat(
            preview(
                    Requests.claimable(
                        Requests.email(Requests.row(), "a@example.com", ""),
                        Requests.CLAIM_LINK,
                        null))
                .html())
        .contains("<p></p>", "href=\"" + Requests.CLAIM_LINK + "\"");
  }

  @Test
  void theDefinitionsTemplateHoldsBeforeTheOrganizations() {
    // Given
    made(template(null, "organization's", "{{link}}"));
    String id =
        made(template(null, "definition's", "{{link}}", "definitionId", CatalogueInMemory.DIPLOMA));
    DeliveryRequested email = Requests.email(Requests.row(), "a@example.com", "Ada");
    assertThat(preview(email).subject()).isEqualTo("definition's");
    // When
    as(CatalogueInMemory.ACME_ADMIN).delete(PATH + "/" + id).then().statusCode(204);
    // Then
    await().atMost(SOON).until(() -> preview(email).subject().equals("organization's"));
  }

  @Test
  void aTemplateHoldsSoonAndNoLongerThanItIsThere() {
    // Given
    DeliveryRequested email = in("fr", Requests.email(Requests.row(), "a@example.com", "Ada"));
    assertThat(preview(email).text()).startsWith("Bonjour Ada,");
    // When, Then
    String id = made(template("fr", "un", "{{link}}"));
    await().atMost(SOON).until(() -> preview(email).subject().equals("un"));
    as(CatalogueInMemory.ACME_ADMIN)
        .body(template("fr", "deux", "{{link}}"))
        .put(PATH + "/" + id)
        .then()
        .statusCode(200)
        .body("id", equalTo(id))
        .body("subject", equalTo("deux"));
    await().atMost(SOON).until(() -> preview(email).subject().equals("deux"));
    as(CatalogueInMemory.ACME_ADMIN).delete(PATH + "/" + id).then().statusCode(204);
    await().atMost(SOON).until(() -> preview(email).text().startsWith("Bonjour Ada,"));
  }

  @Test
  void whatAnotherInstanceChangedHoldsSoonToo() throws Exception {
    // Given
    DeliveryRequested email = Requests.email(Requests.row(), "a@example.com", "Ada");
    made(template(null, "before", "{{link}}"));
    assertThat(preview(email).subject()).isEqualTo("before");
    // When
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "update message_template set subject = 'after', version = version + 1");
    }
    // Then
    await().atMost(SOON).until(() -> preview(email).subject().equals("after"));
  }

  @Test
  void withoutATemplateTheLetterIsInTheRecipientsLanguage() {
    assertThat(
            preview(in("de-CH", Requests.email(Requests.row(), "a@example.com", "Ada"))).subject())
        .isEqualTo("Your diploma 🎓 von Universität \"Acme\" 学");
    MessagePreview revoked =
        preview(
            Requests.about(
                in("de", Requests.email(Requests.row(), "a@example.com", "")),
                DeliveryRequested.Purpose.REVOKED,
                3));
    assertThat(revoked.text()).startsWith("Guten Tag,").contains("hat widerrufen", "gilt nicht");
    assertThat(preview(in("pt", Requests.email(Requests.row(), "a@example.com", "Ada"))).text())
        .startsWith("Hello Ada,");
  }

  @Test
  void aTemplateIsReadAndListedByIssuersAndChangedByAdmins() {
    // Given
    String first = made(template("de", "a", "{{link}}"));
    String second = made(template("en", "b", "{{link}}", "purpose", "REVOKED"));
    // When, Then
    as(CatalogueInMemory.ACME_ISSUER)
        .get(PATH + "/" + second)
        .then()
        .statusCode(200)
        .body("purpose", equalTo("REVOKED"))
        .body("definitionId", nullValue())
        .body("html", nullValue())
        .body("createdAt", notNullValue());
    String next =
        as(CatalogueInMemory.ACME_ISSUER)
            .get(PATH + "?limit=1")
            .then()
            .body("items", hasSize(1))
            .body("items[0].id", equalTo(first))
            .extract()
            .path("next");
    as(CatalogueInMemory.ACME_ISSUER)
        .get(PATH + "?limit=1&cursor=" + next)
        .then()
        .body("items[0].id", equalTo(second))
        .body("next", nullValue());
    as(CatalogueInMemory.ACME_ISSUER).get(PATH + "?limit=0").then().statusCode(400);
    as(CatalogueInMemory.ACME_ISSUER).get(PATH + "?cursor=x").then().statusCode(400);
    as(CatalogueInMemory.ACME_ISSUER)
        .body(template("fr", "c", "{{link}}"))
        .post(PATH)
        .then()
        .statusCode(403);
    as(CatalogueInMemory.ACME_ISSUER).delete(PATH + "/" + first).then().statusCode(403);
    as(CatalogueInMemory.ACME_ISSUER)
        .body(Map.of("to", "a@example.com"))
        .post(PATH + "/" + first + "/test")
        .then()
        .statusCode(403);
    given().get(PATH).then().statusCode(401);
  }

  @Test
  void anotherOrganizationsTemplateIsNotThere() {
    // Given
    String id = made(template("de", "a", "{{link}}"));
    // When, Then
    for (String path : List.of(PATH + "/" + id, PATH + "/not-an-id")) {
      as(CatalogueInMemory.GLOBEX_ADMIN)
          .get(path)
          .then()
          .statusCode(404)
          .body("detail", containsString("GET /v1/message-templates"));
      as(CatalogueInMemory.GLOBEX_ADMIN)
          .body(template("de", "mine", "{{link}}"))
          .put(path)
          .then()
          .statusCode(404);
      as(CatalogueInMemory.GLOBEX_ADMIN).delete(path).then().statusCode(404);
      as(CatalogueInMemory.GLOBEX_ADMIN)
          .body(Map.of("to", "a@example.com"))
          .post(path + "/test")
          .then()
          .statusCode(404);
    }
    as(CatalogueInMemory.GLOBEX_ADMIN).get(PATH).then().body("items.id", not(hasItem(id)));
    as(CatalogueInMemory.ACME_ADMIN).get(PATH + "/" + id).then().body("subject", equalTo("a"));
  }

  @Test
  void thereIsOneForEachDefinitionPurposeAndLanguage() {
    // Given
    made(template(null, "a", "{{link}}"));
    String other = made(template("de-AT", "b", "{{link}}"));
    // When, Then
    create(template(null, "c", "{{link}}"))
        .statusCode(409)
        .body("type", endsWith("already-exists"))
        .body("detail", containsString("PUT"));
    create(template("de-at", "c", "{{link}}")).statusCode(409);
    as(CatalogueInMemory.ACME_ADMIN)
        .body(template(null, "c", "{{link}}"))
        .put(PATH + "/" + other)
        .then()
        .statusCode(409);
    as(CatalogueInMemory.ACME_ADMIN)
        .body(template("de-AT", "d", "{{link}}"))
        .put(PATH + "/" + other)
        .then()
        .statusCode(200);
  }

  @Test
  void whatIsNoTemplateIsRefusedWithEveryFault() {
    create(template("de", "{{link}}", "{{nmae}}", "logoUrl", "http://acme.example/x.png"))
        .statusCode(422)
        .contentType("application/problem+json")
        .body("type", endsWith("message-template-invalid"))
        .body("errors", hasSize(3))
        .body(
            "errors.find { it.field == 'body' }.message",
            equalTo(
                "There is no nmae here; there are name, issuer, title, description, link, claimLink, language"));
    create(template("de", "a", "{{link}}", "definitionId", CatalogueInMemory.MEMBERSHIP))
        .statusCode(422)
        .body("type", endsWith("definition-unknown"));
    create(template("de", "a", "{{link}}", "definitionId", "../../keys")).statusCode(422);
    create(template("de", "a", "{{link}}", "purpose", "SPAM")).statusCode(400);
    create(template("de", "a", "{{link}}", "colour", "red")).statusCode(400);
    as(CatalogueInMemory.ACME_ADMIN).get(PATH).then().body("items", hasSize(0));
  }

  @Test
  void aPreviewKeepsAndSendsNothing() {
    // When
    as(CatalogueInMemory.ACME_ADMIN)
        .body(template("de", "{{title}} für {{name}}", GERMAN))
        .post(PATH + "/preview")
        .then()
        .statusCode(200)
        .body("subject", equalTo("Diplom für Ada Lovelace"))
        .body("text", startsWith("Guten Tag Ada Lovelace,"))
        .body("html", containsString("href=\"https://credentials.example.org/c/sample\""));
    as(CatalogueInMemory.ACME_ADMIN)
        .body(template("de", "{{title}}", GERMAN))
        .post(PATH + "/preview?definitionId=" + CatalogueInMemory.DIPLOMA)
        .then()
        .body("subject", equalTo("Your diploma 🎓"));
    as(CatalogueInMemory.ACME_ADMIN)
        .body(template("de", "{{title}}", GERMAN))
        .post(PATH + "/preview?definitionId=" + CatalogueInMemory.MEMBERSHIP)
        .then()
        .statusCode(422);
    as(CatalogueInMemory.ACME_ADMIN)
        .body(template("de", "{{title}}", "no link"))
        .post(PATH + "/preview")
        .then()
        .statusCode(422);
    // Then
    as(CatalogueInMemory.ACME_ADMIN).get(PATH).then().body("items", hasSize(0));
  }

  @Test
  void aTestReachesWhoeverWantsToLook() throws Exception {
    // Given
    String id = made(template("de", "{{title}} für {{name}}", GERMAN));
    // When
    test(id, "registrar@example.com").statusCode(200).body("status", equalTo("SENT"));
    // Then
    MimeMessage message = only("registrar@example.com");
    assertThat(message.getSubject()).isEqualTo("[Test] Diplom für Ada Lovelace");
    assertThat(part(message, 0)).startsWith("Guten Tag Ada Lovelace,");
    assertThat(part(message, 1)).contains("Guten Tag Ada Lovelace,</p>");
    assertThat(message.getAllRecipients()).hasSize(1);
  }

  @Test
  void aTestGoesNowhereItShouldNot() {
    // Given
    String id = made(template("de", "{{title}}", GERMAN));
    // When, Then
    test(id, "a@example.com>\r\nRCPT TO:<b@example.com").statusCode(400);
    test(id, "nobody").statusCode(400);
    test(id, "").statusCode(400);
    String suppression =
        as(CatalogueInMemory.ACME_ADMIN)
            .body(Map.of("medium", "EMAIL", "contact", "stop@example.com"))
            .post("/v1/suppressions")
            .then()
            .extract()
            .path("id");
    test(id, "Stop@example.com").statusCode(422).body("detail", containsString("suppression list"));
    as(CatalogueInMemory.ACME_ADMIN).delete("/v1/suppressions/" + suppression);
    assertThat(received("stop@example.com")).isEmpty();
  }

  @Test
  void testsAreFew() throws SQLException {
    // Given nine in an hour that does not end meanwhile
    String id = made(template("de", "{{title}}", GERMAN));
    test(id, "often@example.com").statusCode(200);
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("update hourly_use set hour = hour + interval '1 h', times = 9");
    }
    test(id, "often9@example.com").statusCode(200);
    // When, Then
    test(id, "often10@example.com")
        .statusCode(429)
        .body("detail", containsString("10 tests an hour"));
    assertThat(received("often10@example.com")).isEmpty();
  }

  private static Map<String, Object> template(
      String language, String subject, String body, String... more) {
    Map<String, Object> template = new LinkedHashMap<>();
    template.put("language", language);
    template.put("subject", subject);
    template.put("body", body);
    for (int i = 0; i < more.length; i += 2) {
      template.put(more[i], more[i + 1]);
    }
    return template;
  }

  private static String made(Map<String, Object> template) {
    return create(template)
        .statusCode(201)
        .header("Location", containsString(PATH + "/"))
        .extract()
        .path("id");
  }

  private static ValidatableResponse create(Map<String, Object> template) {
    return as(CatalogueInMemory.ACME_ADMIN).body(template).post(PATH).then();
  }

  private static ValidatableResponse test(String id, String to) {
    return as(CatalogueInMemory.ACME_ADMIN)
        .body(Map.of("to", to))
        .post(PATH + "/" + id + "/test")
        .then();
  }

  private static RequestSpecification as(String key) {
    return given().header("X-API-Key", key).contentType(ContentType.JSON);
  }

  private MessagePreview preview(DeliveryRequested message) {
    return client.preview(message);
  }

  private static DeliveryRequested in(String language, DeliveryRequested request) {
    return new DeliveryRequested(
        request.row(),
        request.organization(),
        request.definitionId(),
        request.medium(),
        request.purpose(),
        request.generation(),
        request.contact(),
        request.name(),
        language,
        request.link());
  }

  private List<Mailbox.Summary> received(String to) {
    return mailbox.messages(100_000, Long.MAX_VALUE).stream()
        .filter(summary -> summary.to().startsWith(to))
        .toList();
  }

  private MimeMessage only(String to) {
    List<Mailbox.Summary> received = received(to);
    assertThat(received).hasSize(1);
    return mailbox.message(received.getFirst().number()).orElseThrow();
  }

  private static String part(MimeMessage message, int index) throws Exception {
    return ((MimeMultipart) message.getContent()).getBodyPart(index).getContent().toString();
  }
}
