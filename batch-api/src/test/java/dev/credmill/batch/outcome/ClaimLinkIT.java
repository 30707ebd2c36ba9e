package dev.credmill.batch.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.batch.Api;
import dev.credmill.batch.CatalogueTestResource;
import dev.credmill.batch.Topic;
import dev.credmill.contracts.event.ClaimAccess;
import dev.credmill.contracts.event.CredentialOutcome.Issued;
import dev.credmill.contracts.event.CredentialRequested;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.Medium;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The claim link: in the recipient's message, and nowhere else. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
class ClaimLinkIT {
  private static final String SHEET =
      "First Name,Last Name,Email,Phone,Degree\nAda,Example,ada@example.org,+4930901820,BSc\n";
  @Inject EventPublisher publisher;
  private Topic<CredentialRequested> requests;
  private Topic<DeliveryRequested> messages;

  @BeforeEach
  void open() {
    requests = new Topic<>(CredentialRequested.TOPIC, CredentialRequested.class);
    messages = new Topic<>(DeliveryRequested.TOPIC, DeliveryRequested.class);
  }

  @AfterEach
  void close() {
    requests.close();
    messages.close();
  }

  @Test
  void everyMessageCarriesTheClaimLinkWhereNoCodeIsWanted() {
    // Given
    String id = upload("medium", "EMAIL", "medium", "SMS");
    assertThat(requests.of(id, 1)).extracting("claimAccess").containsOnly(ClaimAccess.LINK);
    // When
    answer(id, "claim-token", null);
    // Then
    assertThat(messages.of(id, 2))
        .extracting(DeliveryRequested::claimLink)
        .containsOnly("https://issuer.example/claim/claim-token");
  }

  @Test
  void theCodeGoesByTheOtherMediumThanTheLink() {
    // Given
    String id = upload("medium", "EMAIL", "medium", "SMS", "claimCode", "true");
    assertThat(requests.of(id, 1))
        .extracting("claimAccess")
        .containsOnly(ClaimAccess.LINK_AND_CODE);
    // When
    answer(id, "claim-token", "012345");
    // Then
    Map<Medium, DeliveryRequested> byMedium =
        messages.of(id, 2).stream()
            .collect(Collectors.toMap(DeliveryRequested::medium, Function.identity()));
    DeliveryRequested email = byMedium.get(Medium.EMAIL);
    DeliveryRequested sms = byMedium.get(Medium.SMS);
    assertThat(email.claimLink()).isEqualTo("https://issuer.example/claim/claim-token");
    assertThat(email.claimCode()).isNull();
    assertThat(sms.claimLink()).isNull();
    assertThat(sms.claimCode()).isEqualTo("012345");
  }

  @Test
  void neitherLinkNorCodeIsShownToCallers() {
    // Given
    String id = upload("medium", "EMAIL", "medium", "SMS", "claimCode", "true");
    requests.of(id, 1);
    // When
    answer(id, "claim-token", "012345");
    messages.of(id, 2);
    // Then
    for (String path : List.of("", "/rows", "/rows/2", "/report.csv")) {
      String shown =
          Api.ACME
              .request()
              .get("/v1/batches/" + id + path)
              .then()
              .statusCode(200)
              .extract()
              .asString();
      assertThat(shown).doesNotContain("claim-token", "012345");
    }
  }

  @Test
  void aBatchWithoutMessagesAsksForNoClaim() {
    // When
    String id = upload();
    // Then
    assertThat(requests.of(id, 1)).extracting("claimAccess").containsOnlyNulls();
  }

  @Test
  void aCodeNeedsBothMedia() {
    Api.ACME
        .upload(SHEET, "definitionId", "diploma", "medium", "EMAIL", "claimCode", "true")
        .then()
        .statusCode(400)
        .body("detail", containsString("medium for both"));
    Api.ACME
        .upload(SHEET, "definitionId", "diploma", "medium", "EMAIL", "claimCode", "perhaps")
        .then()
        .statusCode(400)
        .body("detail", containsString("true or false"));
  }

  private static String upload(String... parts) {
    String[] all = java.util.Arrays.copyOf(parts, parts.length + 4);
    System.arraycopy(
        new String[] {"definitionId", "diploma", "mode", "ISSUE"}, 0, all, parts.length, 4);
    return Api.ACME.accepted(SHEET, all);
  }

  private void answer(String id, String claimToken, String claimCode) {
    publisher.publish(
        requests.of(id, 1).stream()
            .map(
                asked ->
                    new Issued(
                        asked.row(),
                        asked.run(),
                        "urn:uuid:" + asked.row().batch(),
                        "token",
                        Instant.parse("2026-11-22T10:00:00Z"),
                        claimToken,
                        claimCode))
            .toList());
  }
}
