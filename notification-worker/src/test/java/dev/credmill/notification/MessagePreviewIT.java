package dev.credmill.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.backing.Mailbox;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.preview.MessagePreview;
import dev.credmill.contracts.preview.MessagePreviewClient;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(MailboxTestResource.class)
class MessagePreviewIT {
  Mailbox mailbox;
  @Inject DeliveryTable table;
  private MessagePreviewClient client;

  @BeforeEach
  void connect() {
    client =
        QuarkusRestClientBuilder.newBuilder()
            .baseUri(URI.create("http://localhost:" + RestAssured.port))
            .build(MessagePreviewClient.class);
  }

  @Test
  void anEmailIsShownAsItWouldBeSent() {
    // When
    MessagePreview email =
        client.preview(
            Requests.email(Requests.row(), "ada@example.com", "Ada <b>Lovelace</b>\r\nBcc: x"));
    // Then
    assertThat(email.to()).isEqualTo("ada@example.com");
    assertThat(email.subject()).isEqualTo("Your diploma 🎓 from Universität \"Acme\" 学");
    assertThat(email.text()).contains("Hello Ada <b>Lovelace</b>  Bcc: x,", Requests.LINK);
    assertThat(email.html())
        .contains("Ada &lt;b&gt;Lovelace&lt;/b&gt;", "href=\"" + Requests.LINK + "\"")
        .doesNotContain("<b>");
  }

  @Test
  void aTextMessageIsShownAsItWouldBeSent() {
    // When
    MessagePreview sms = client.preview(Requests.sms(Requests.row(), "+4930901820"));
    // Then
    assertThat(sms)
        .isEqualTo(
            new MessagePreview(
                "+4930901820",
                null,
                null,
                null,
                "Universität \"Acme\" 学: Your diploma 🎓 " + Requests.LINK,
                null));
  }

  @ParameterizedTest
  @CsvSource({
    "REVOKED,was revoked,has revoked,does not count any more",
    "SUSPENDED,was suspended,has suspended,does not count until it is reinstated",
    "REINSTATED,is valid again,has reinstated,counts again"
  })
  void aChangeOfStatusIsToldInItsOwnWords(
      Purpose purpose, String news, String deed, String consequence) {
    // When
    MessagePreview email =
        client.preview(
            Requests.about(Requests.email(Requests.row(), "ada@example.com", "Ada"), purpose, 7));
    MessagePreview sms =
        client.preview(Requests.about(Requests.sms(Requests.row(), "+4930901820"), purpose, 7));
    // Then
    assertThat(email.subject()).endsWith(news);
    assertThat(email.text()).contains(deed, consequence, Requests.LINK).doesNotContain("issued to");
    assertThat(email.html()).contains(deed, consequence, Requests.LINK).doesNotContain("issued to");
    assertThat(sms.text()).contains(news, Requests.LINK);
  }

  @Test
  void theLinkToAClaimStandsInTheMessageThatIsToCarryIt() {
    // Given
    DeliveryRequested email =
        Requests.claimable(
            Requests.email(Requests.row(), "ada@example.com", "Ada"), Requests.CLAIM_LINK, null);
    DeliveryRequested sms =
        Requests.claimable(Requests.sms(Requests.row(), "+4930901820"), Requests.CLAIM_LINK, null);
    // When, Then
    assertThat(client.preview(email).text())
        .contains("Add it to the wallet", "\n" + Requests.CLAIM_LINK + "\n");
    assertThat(client.preview(email).html())
        .contains("href=\"" + Requests.CLAIM_LINK + "\"", "Add to your wallet");
    assertThat(client.preview(sms).text()).endsWith("Add to your wallet: " + Requests.CLAIM_LINK);
    assertThat(client.preview(Requests.email(Requests.row(), "ada@example.com", "Ada")).html())
        .doesNotContain("wallet");
  }

  @Test
  void theCodeOfAClaimGoesByTextMessage() {
    // When
    MessagePreview sms =
        client.preview(
            Requests.claimable(Requests.sms(Requests.row(), "+4930901820"), null, "012345"));
    // Then
    assertThat(sms.text()).endsWith("Code for your wallet: 012345. Tell it to nobody.");
  }

  @Test
  void aLinkToAClaimThatIsNoneIsNotShown() {
    preview(
            Requests.claimable(
                Requests.email(Requests.row(), "ada@example.com", "Ada"),
                "javascript:alert(1)",
                null))
        .then()
        .statusCode(422);
    preview(
            Requests.claimable(
                Requests.sms(Requests.row(), "+4930901820"), null, "visit evil.example"))
        .then()
        .statusCode(422);
  }

  @Test
  void nothingIsSentOrRecorded() throws Exception {
    // Given
    RowId row = Requests.row();
    // When
    client.preview(Requests.email(row, "never@example.com", "Nobody"));
    // Then
    assertThat(table.read(row, "status")).isEqualTo("no such delivery");
    assertThat(mailbox.messages(1_000, Long.MAX_VALUE))
        .noneMatch(message -> message.toString().contains("never@example.com"));
  }

  @Test
  void aMessageThatCouldNotBeSentIsNotShownEither() {
    preview(Requests.email(Requests.row(), "ada@example.com\nBcc: x@example.com", "Ada"))
        .then()
        .statusCode(422)
        .body("type", equalTo("urn:credmill:problem:message-not-delivered"));
    preview(Requests.email(Requests.row(), "a b@example.com", "Ada")).then().statusCode(422);
    preview(
            Requests.request(
                Requests.row(),
                CatalogueInMemory.ACME,
                CatalogueInMemory.MEMBERSHIP,
                Medium.EMAIL,
                "ada@example.com",
                "Ada"))
        .then()
        .statusCode(404);
  }

  @Test
  void onlyServicesMayAsk() {
    given()
        .contentType(ContentType.JSON)
        .body("{}")
        .post("/internal/messages/preview")
        .then()
        .statusCode(401);
  }

  private static io.restassured.response.Response preview(DeliveryRequested message) {
    RequestSpecification request = given().header("Authorization", "Bearer a-token-for-tests-only");
    return request.contentType(ContentType.JSON).body(message).post("/internal/messages/preview");
  }
}
