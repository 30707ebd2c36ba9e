package dev.credmill.issuance.request;

import static dev.credmill.issuance.RegistryTestResource.ACME;
import static dev.credmill.issuance.RegistryTestResource.DIPLOMA;
import static dev.credmill.issuance.RegistryTestResource.GLOBEX;
import static dev.credmill.issuance.RegistryTestResource.MEMBERSHIP;
import static dev.credmill.issuance.RegistryTestResource.TEMPLATE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSObject;
import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.event.CredentialChanged.ValidityChanged;
import dev.credmill.contracts.event.CredentialOutcome;
import dev.credmill.contracts.event.CredentialOutcome.Issued;
import dev.credmill.contracts.event.CredentialRequested;
import dev.credmill.contracts.event.StatusAction;
import dev.credmill.contracts.event.StatusRequested;
import dev.credmill.contracts.event.Validity;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.issuance.RegistryTestResource;
import dev.credmill.issuance.credential.CredentialStore;
import dev.credmill.issuance.integrity.DataIntegrity;
import dev.credmill.issuance.integrity.Expectation;
import dev.credmill.issuance.integrity.ProofVerdict;
import dev.credmill.issuance.integrity.VerificationMethod;
import dev.credmill.issuance.status.ListPurpose;
import dev.credmill.issuance.status.StatusLists;
import dev.credmill.issuance.status.StatusMarks;
import dev.credmill.issuance.status.StatusPlace;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(RegistryTestResource.class)
class StatusChangesIT {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Instant FROM = Instant.parse("2026-11-22T10:00:00Z");
  @Inject Issuance issuance;
  @Inject StatusChanges changes;
  @Inject CredentialStore store;
  @Inject StatusLists lists;
  @Inject StatusMarks marks;
  @Inject Batches batches;
  @Inject DataIntegrity integrity;

  @Inject
  @DataSource("issuance")
  AgroalDataSource database;

  @Test
  void aRevokedCredentialIsSoInThePublishedListAndItsNeighbourIsNot() throws Exception {
    // Given
    List<Issued> issued = issue(ACME, DIPLOMA, 2);
    // When
    List<ValidityChanged> answers = ask(issued.getFirst(), 11, StatusAction.REVOKE);
    // Then
    assertThat(answers)
        .singleElement()
        .extracting(ValidityChanged::validity)
        .isEqualTo(Validity.REVOKED);
    assertThat(published(issued.getFirst(), "revocation")).isEqualTo(1);
    assertThat(published(issued.getFirst(), "suspension")).isZero();
    assertThat(published(issued.getLast(), "revocation")).isZero();
  }

  @Test
  void aListIsAlsoThereWithEmbeddedProofsForVerifiersOfDataIntegrity() throws Exception {
    // Given
    Issued issued = issue(ACME, DIPLOMA, 1).getFirst();
    ask(issued, 1, StatusAction.REVOKE);
    String path = path(entry(issued, "revocation"));
    String token = given().get(path).then().contentType("application/vc+jwt").extract().asString();
    for (String type : List.of("application/vc", "application/ld+json", "application/json")) {
      // When
      Response response = given().accept(type).get(path);
      // Then
      response.then().statusCode(200).contentType(type);
      ObjectNode list = (ObjectNode) MAPPER.readTree(response.asString());
      assertThat(
              integrity.verify(
                  list,
                  VerificationMethod.ofKey(store.byToken(issued.linkToken()).orElseThrow().key()),
                  Expectation.ofCredential(Instant.now())))
          .hasSize(2)
          .allMatch(ProofVerdict::holds);
      list.remove("proof");
      assertThat((JsonNode) list)
          .isEqualTo(MAPPER.readTree(JWSObject.parse(token).getPayload().toString()));
      given()
          .accept(type)
          .header("If-None-Match", response.header("ETag"))
          .get(path)
          .then()
          .statusCode(304);
      given().header("If-None-Match", response.header("ETag")).get(path).then().statusCode(200);
    }
  }

  @Test
  void aSuspensionEndsAndARevocationDoesNot() throws Exception {
    // Given
    Issued issued = issue(ACME, DIPLOMA, 1).getFirst();
    // When
    assertThat(validity(ask(issued, 1, StatusAction.SUSPEND))).isEqualTo(Validity.SUSPENDED);
    assertThat(published(issued, "suspension")).isEqualTo(1);
    assertThat(validity(ask(issued, 2, StatusAction.REINSTATE))).isEqualTo(Validity.ACTIVE);
    assertThat(published(issued, "suspension")).isZero();
    assertThat(validity(ask(issued, 3, StatusAction.REVOKE))).isEqualTo(Validity.REVOKED);
    // Then
    assertThat(validity(ask(issued, 4, StatusAction.REINSTATE))).isEqualTo(Validity.REVOKED);
    assertThat(validity(ask(issued, 5, StatusAction.SUSPEND))).isEqualTo(Validity.REVOKED);
    assertThat(published(issued, "revocation")).isEqualTo(1);
    assertThat(published(issued, "suspension")).isZero();
  }

  @Test
  void anOlderChangeThatComesLateChangesNothingAndIsAnsweredWithWhatIs() throws Exception {
    // Given
    Issued issued = issue(ACME, DIPLOMA, 1).getFirst();
    ask(issued, 8, StatusAction.REINSTATE);
    // When
    List<ValidityChanged> late = ask(issued, 7, StatusAction.SUSPEND);
    // Then
    assertThat(validity(late)).isEqualTo(Validity.ACTIVE);
    assertThat(late.getFirst().number()).isEqualTo(7);
    assertThat(published(issued, "suspension")).isZero();
  }

  @Test
  void whatIsServedOfACredentialSaysBesideItWhetherItCounts() {
    // Given
    Issued issued = issue(ACME, DIPLOMA, 1).getFirst();
    // Then
    for (String form : List.of(".json", ".jwt")) {
      assertThat(validityOf(issued, form)).isEqualTo("ACTIVE");
    }
    ask(issued, 1, StatusAction.SUSPEND);
    assertThat(validityOf(issued, ".json")).isEqualTo("SUSPENDED");
    ask(issued, 2, StatusAction.REVOKE);
    for (String form : List.of(".json", ".jwt")) {
      assertThat(validityOf(issued, form)).isEqualTo("REVOKED");
    }
  }

  private static String validityOf(Issued issued, String form) {
    return given()
        .get("/c/" + issued.linkToken() + form)
        .then()
        .statusCode(200)
        .extract()
        .header("Credential-Validity");
  }

  @Test
  void aListThatWasChangedAndForgottenIsSignedSoon() throws Exception {
    // Given
    Issued issued = issue(ACME, DIPLOMA, 1).getFirst();
    ask(issued, 1, StatusAction.SUSPEND);
    StatusPlace place =
        lists.place(
            ACME.id(),
            ListPurpose.REVOCATION,
            batches.find(issued.row().batch()).orElseThrow().statusNumber(issued.row().number()));
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                marks.set(
                    List.of(
                        new StatusMarks.Mark(place.list().id(), place.index(), Validity.REVOKED))));
    // Then
    await().atMost(Duration.ofSeconds(40)).until(() -> published(issued, "revocation") == 1);
  }

  @Test
  void severalChangesOfOneCredentialInOneListAreMadeInTheirOrder() throws Exception {
    // Given
    Issued issued = issue(ACME, DIPLOMA, 1).getFirst();
    // When
    List<ValidityChanged> answers =
        changes.answer(
            List.of(
                request(issued, 3, StatusAction.SUSPEND),
                request(issued, 2, StatusAction.REINSTATE),
                request(issued, 1, StatusAction.SUSPEND)));
    // Then
    assertThat(answers)
        .extracting(ValidityChanged::validity)
        .containsExactly(Validity.SUSPENDED, Validity.ACTIVE, Validity.SUSPENDED);
    assertThat(published(issued, "suspension")).isEqualTo(1);
  }

  @Test
  void whatHasNoSuspensionIsNotSuspended() {
    // Given
    Issued issued = issue(GLOBEX, MEMBERSHIP, 1).getFirst();
    // When
    List<ValidityChanged> answers =
        changes.answer(
            List.of(new StatusRequested(issued.row(), GLOBEX.id(), 1, StatusAction.SUSPEND)));
    // Then
    assertThat(validity(answers)).isEqualTo(Validity.ACTIVE);
  }

  @Test
  void aRevokedCredentialLeadsToTheOneInItsPlaceOfTheSameOrganization() {
    // Given
    Issued old = issue(ACME, DIPLOMA, 1).getFirst();
    Issued anew = issue(ACME, DIPLOMA, 1).getFirst();
    Issued foreign = issue(GLOBEX, MEMBERSHIP, 1).getFirst();
    // When
    changes.answer(List.of(replaced(old, 1, foreign)));
    // Then
    assertThat(replacement(old)).isEmpty();
    assertThat(page(old)).doesNotContain(foreign.linkToken());
    // When
    changes.answer(List.of(replaced(old, 2, anew)));
    changes.answer(List.of(request(old, 3, StatusAction.REVOKE)));
    // Then
    assertThat(replacement(old)).contains(anew.linkToken());
    assertThat(page(old)).contains("href=\"" + anew.linkToken() + "\"");
    assertThat(page(anew)).doesNotContain(old.linkToken());
  }

  @Test
  void whatIsImpossibleIsLeftOut() {
    // Given
    Issued issued = issue(ACME, DIPLOMA, 1).getFirst();
    RowId beyond = new RowId(issued.row().batch(), 50);
    // When
    List<ValidityChanged> answers =
        changes.answer(
            List.of(
                new StatusRequested(issued.row(), GLOBEX.id(), 9, StatusAction.REVOKE),
                request(issued, 1, StatusAction.SUSPEND),
                new StatusRequested(
                    new RowId(BatchId.at(Instant.now()), 2), ACME.id(), 1, StatusAction.REVOKE)));
    List<ValidityChanged> none =
        changes.answer(List.of(new StatusRequested(beyond, ACME.id(), 1, StatusAction.REVOKE)));
    // Then
    assertThat(validity(answers)).isEqualTo(Validity.SUSPENDED);
    assertThat(none).isEmpty();
    assertThat(store.validity(store.byToken(issued.linkToken()).orElseThrow()))
        .isEqualTo(Validity.SUSPENDED);
  }

  @Test
  void aClaimedCopyIsRevokedWithItsRow() throws Exception {
    // Given
    Issued issued = issue(ACME, DIPLOMA, 1).getFirst();
    StatusPlace token = lists.takeToken(ACME.id());
    long number = lists.takeForCopy(ACME.id());
    copy(issued, token, number);
    // When
    ask(issued, 1, StatusAction.SUSPEND);
    int suspended = lists.value(token.list().purpose(), token.list().id(), token.index());
    ask(issued, 2, StatusAction.REVOKE);
    // Then
    assertThat(suspended).isEqualTo(2);
    assertThat(lists.value(token.list().purpose(), token.list().id(), token.index())).isEqualTo(1);
    StatusPlace bit = lists.place(ACME.id(), ListPurpose.REVOCATION, number);
    assertThat(lists.value(bit.list().purpose(), bit.list().id(), bit.index())).isEqualTo(1);
  }

  @Test
  void manyAtOnceLoseNoEntry() throws Exception {
    // Given
    List<Issued> issued = issue(ACME, DIPLOMA, 400);
    // When
    try (var pool = Executors.newFixedThreadPool(4)) {
      List<Future<List<ValidityChanged>>> running =
          IntStream.range(0, 8)
              .mapToObj(
                  part ->
                      pool.submit(
                          () ->
                              changes.answer(
                                  issued.subList(part * 50, part * 50 + 50).stream()
                                      .map(one -> request(one, 1, StatusAction.REVOKE))
                                      .toList())))
              .toList();
      for (Future<List<ValidityChanged>> one : running) {
        assertThat(one.get()).hasSize(50);
      }
    }
    // Then
    for (Issued one : issued) {
      assertThat(published(one, "revocation")).isEqualTo(1);
    }
  }

  private List<ValidityChanged> ask(Issued issued, long change, StatusAction action) {
    return changes.answer(List.of(request(issued, change, action)));
  }

  private static StatusRequested request(Issued issued, long change, StatusAction action) {
    return new StatusRequested(issued.row(), ACME.id(), change, action);
  }

  private static StatusRequested replaced(Issued old, long change, Issued by) {
    return new StatusRequested(old.row(), ACME.id(), change, StatusAction.REVOKE, by.row().batch());
  }

  private Optional<String> replacement(Issued issued) {
    return store.replacement(store.byToken(issued.linkToken()).orElseThrow());
  }

  private static String page(Issued issued) {
    return given().accept("text/html").get("/c/" + issued.linkToken()).asString();
  }

  private static Validity validity(List<ValidityChanged> answers) {
    assertThat(answers).hasSize(1);
    return answers.getFirst().validity();
  }

  private List<Issued> issue(Organization organization, CredentialDefinition definition, int rows) {
    BatchId batch = BatchId.at(Instant.now());
    List<CredentialOutcome> answers =
        issuance.answer(
            IntStream.range(2, 2 + rows)
                .mapToObj(
                    row ->
                        new CredentialRequested(
                            new RowId(batch, row),
                            1,
                            organization.id(),
                            definition.id(),
                            definition.certificateTemplateId() == null ? null : TEMPLATE,
                            rows,
                            FROM,
                            null,
                            "{\"fullName\":\"Ada " + row + "\"}"))
                .toList());
    return answers.stream().map(Issued.class::cast).toList();
  }

  private void copy(Issued issued, StatusPlace token, long number) throws Exception {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into credential_copy (
                  batch_number, row_number, copy, format, holder, token_status_list, token_status_index,
                  status_number, issued_at)
                values (?, ?, 1, 3, 'holder', ?, ?, ?, now())
                """)) {
      insert.setLong(1, batches.find(issued.row().batch()).orElseThrow().number());
      insert.setInt(2, issued.row().number());
      insert.setObject(3, token.list().id());
      insert.setInt(4, token.index());
      insert.setLong(5, number);
      insert.executeUpdate();
    }
  }

  /** The entry as a verifier reads it, in the list that the credential points to. */
  private int published(Issued issued, String purpose) throws Exception {
    JsonNode entry = entry(issued, purpose);
    JWSObject list =
        JWSObject.parse(given().get(path(entry)).then().statusCode(200).extract().asString());
    JsonNode subject = MAPPER.readTree(list.getPayload().toString()).path("credentialSubject");
    byte[] bits =
        new GZIPInputStream(
                new ByteArrayInputStream(
                    Base64.getUrlDecoder()
                        .decode(subject.path("encodedList").asText().substring(1))))
            .readAllBytes();
    int index = entry.path("statusListIndex").asInt();
    return bits[index / 8] >> (7 - index % 8) & 1;
  }

  private static String path(JsonNode entry) {
    return entry.path("statusListCredential").asText().substring(ACME.publicUrl().length());
  }

  private JsonNode entry(Issued issued, String purpose) throws Exception {
    JsonNode credential = MAPPER.readTree(store.byToken(issued.linkToken()).orElseThrow().json());
    for (JsonNode entry : credential.get("credentialStatus")) {
      if (entry.path("statusPurpose").asText().equals(purpose)) {
        return entry;
      }
    }
    throw new AssertionError("no entry for " + purpose);
  }
}
