package dev.credmill.issuance.request;

import static dev.credmill.issuance.RegistryTestResource.ACME;
import static dev.credmill.issuance.RegistryTestResource.DIPLOMA;
import static dev.credmill.issuance.RegistryTestResource.DRAFT;
import static dev.credmill.issuance.RegistryTestResource.GLOBEX;
import static dev.credmill.issuance.RegistryTestResource.MEMBERSHIP;
import static dev.credmill.issuance.RegistryTestResource.TEMPLATE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.OctetKeyPair;
import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.credential.CredentialRow;
import dev.credmill.contracts.event.CredentialOutcome;
import dev.credmill.contracts.event.CredentialOutcome.Issued;
import dev.credmill.contracts.event.CredentialOutcome.Refused;
import dev.credmill.contracts.event.CredentialRequested;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.Events;
import dev.credmill.contracts.event.Validity;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.issuance.RegistryTestResource;
import dev.credmill.issuance.credential.CredentialStore;
import dev.credmill.issuance.credential.LinkPurpose;
import dev.credmill.issuance.credential.StoredCredential;
import dev.credmill.issuance.securing.JwsVerifier;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(RegistryTestResource.class)
class IssuanceIT {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Instant FROM = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant UNTIL = Instant.parse("2028-11-22T23:59:59Z");
  @Inject EventPublisher publisher;
  @Inject CredentialStore store;
  @Inject JwsVerifier verifier;

  @Inject
  @DataSource("issuance")
  AgroalDataSource database;

  @Inject
  @Identifier("default-kafka-broker")
  Map<String, Object> broker;

  private KafkaConsumer<String, byte[]> outcomes;
  private final List<CredentialOutcome> received = new ArrayList<>();

  @BeforeEach
  void listen() {
    Map<String, Object> settings = new HashMap<>(broker);
    settings.put("group.id", "test-" + UUID.randomUUID());
    settings.put("auto.offset.reset", "latest");
    settings.put("max.poll.records", 5000);
    outcomes = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    outcomes.assign(
        outcomes.partitionsFor(CredentialOutcome.TOPIC).stream()
            .map(p -> new org.apache.kafka.common.TopicPartition(p.topic(), p.partition()))
            .toList());
    outcomes.assignment().forEach(outcomes::position);
  }

  @AfterEach
  void stopListening() {
    outcomes.close();
  }

  @Test
  void aCredentialIsIssuedThatAForeignLibraryVerifiesAgainstThePublishedKey() throws Exception {
    // Given
    BatchId batch = newBatch();
    // When
    Issued issued =
        (Issued)
            request(List.of(diploma(batch, 2, 1, "{\"fullName\":\"Ada \\\"L\\\" 李\"}"))).getFirst();
    // Then
    StoredCredential stored = store.byToken(issued.linkToken()).orElseThrow();
    JWSObject jws = JWSObject.parse(stored.jwt());
    JsonNode did =
        MAPPER.readTree(
            given()
                .get("/orgs/acme/did.json")
                .then()
                .statusCode(200)
                .contentType("application/did+json")
                .header("Access-Control-Allow-Origin", "*")
                .extract()
                .asString());
    assertThat(did.at("/id").asText()).isEqualTo(ACME.did());
    JsonNode method = did.at("/verificationMethod/0");
    assertThat(method.at("/id").asText()).isEqualTo(jws.getHeader().getKeyID());
    assertThat(verified(jws, method)).isTrue();
    assertThat(verifier.verify(stored.jwt(), stored.key())).isTrue();
    JsonNode credential = MAPPER.readTree(jws.getPayload().toString());
    assertThat(credential.at("/id").asText())
        .isEqualTo(issued.credentialId())
        .isEqualTo(stored.id());
    assertThat(credential.at("/credentialSubject/fullName").asText()).isEqualTo("Ada \"L\" 李");
    assertThat(credential.at("/credentialSubject/Cred_URL").asText())
        .isEqualTo("https://issuer.example/c/" + issued.linkToken());
    assertThat(stored.row()).isEqualTo(new RowId(batch, 2));
    assertThat(stored.organization()).isEqualTo(ACME.id());
    assertThat(stored.definitionId()).isEqualTo(DIPLOMA.id());
    assertThat(stored.certificateTemplateId()).isEqualTo(TEMPLATE);
    assertThat(stored.validFrom()).isEqualTo(FROM);
    assertThat(stored.validUntil()).isEqualTo(UNTIL);
    assertThat(stored.issuedAt()).isEqualTo(issued.issuedAt());
    assertThat(store.byId(issued.credentialId())).map(StoredCredential::jwt).contains(stored.jwt());
    assertThat(store.byToken(LinkPurpose.CLAIM, issued.linkToken())).isEmpty();
    assertThat(store.validity(stored)).isEqualTo(Validity.ACTIVE);
  }

  @Test
  void theServicesLearnFromAnIssuedIdWhichRowItIsOf() {
    // Given
    BatchId batch = newBatch();
    Issued issued =
        (Issued) request(List.of(diploma(batch, 17, 1, "{\"fullName\":\"Ada\"}"))).getFirst();
    // When
    CredentialRow row =
        given()
            .header("Authorization", "Bearer a-token-for-these-tests")
            .get("/internal/credentials/" + issued.credentialId())
            .then()
            .statusCode(200)
            .extract()
            .as(CredentialRow.class);
    // Then
    assertThat(row).isEqualTo(new CredentialRow(batch, 17, ACME.id()));
  }

  @Test
  void aRedeliveryGivesTheSameAnswerAndTheSameBytes() {
    // Given
    BatchId batch = newBatch();
    List<CredentialRequested> requests = diplomas(batch, 50);
    Map<Integer, Issued> first = issuedByRow(request(requests));
    Map<Integer, String> jwts = jwts(first);
    // When
    List<CredentialRequested> again = new ArrayList<>(requests);
    again.addAll(requests.subList(0, 10));
    again.add(diploma(batch, 60, 1, "{\"fullName\":\"New\"}"));
    Map<Integer, Issued> second = issuedByRow(request(again));
    // Then
    Issued added = second.remove(60);
    assertThat(added).isNotNull();
    assertThat(second).isEqualTo(first);
    assertThat(jwts(second)).isEqualTo(jwts);
    assertThat(credentials(batch)).isEqualTo(51);
  }

  @Test
  void aRowThatComesTwiceInOnePollHasOneCredentialAndEachRunItsAnswer() {
    // Given
    BatchId batch = newBatch();
    CredentialRequested request = diploma(batch, 2, 1, "{\"fullName\":\"First\"}");
    // When
    List<CredentialOutcome> answers =
        request(List.of(request, request, diploma(batch, 2, 2, "{\"fullName\":\"Second\"}")));
    // Then
    assertThat(answers).extracting(CredentialOutcome::run).contains(1, 2);
    assertThat(answers)
        .map(a -> ((Issued) a).credentialId())
        .containsOnly(((Issued) answers.getFirst()).credentialId());
    assertThat(credentials(batch)).isEqualTo(1);
  }

  @Test
  void whatCannotBeIsRefusedAndTheAnswerOfARunNeverChanges() {
    // Given
    BatchId batch = newBatch();
    request(List.of(diploma(batch, 2, 1, "{\"fullName\":\"Ada\"}")));
    List<CredentialRequested> impossible =
        List.of(
            asked(batch, 3, 1, ACME, "unknown", TEMPLATE, 100, UNTIL, "{}"),
            asked(batch, 4, 1, ACME, DRAFT.id(), null, 100, UNTIL, "{\"course\":\"x\"}"),
            asked(batch, 5, 1, ACME, MEMBERSHIP.id(), null, 100, UNTIL, "{\"course\":\"x\"}"),
            asked(batch, 6, 1, GLOBEX, MEMBERSHIP.id(), null, 100, UNTIL, "{\"course\":\"x\"}"),
            asked(batch, 7, 1, ACME, DIPLOMA.id(), "unknown", 100, UNTIL, "{}"),
            asked(batch, 8, 1, ACME, DIPLOMA.id(), TEMPLATE, 101, UNTIL, "{}"),
            asked(batch, 9, 1, ACME, DIPLOMA.id(), TEMPLATE, 100, FROM.minusSeconds(1), "{}"),
            asked(batch, 10, 1, ACME, DIPLOMA.id(), TEMPLATE, 100, UNTIL, "[]"),
            asked(batch, 11, 1, ACME, DIPLOMA.id(), TEMPLATE, 100, UNTIL, "{\"id\":\"x\"}"),
            asked(
                batch,
                12,
                1,
                new Organization(new OrganizationId("nobody"), "n", "https://n", "did:web:n"),
                DIPLOMA.id(),
                TEMPLATE,
                100,
                UNTIL,
                "{}"),
            asked(newBatch(), 2, 1, ACME, DIPLOMA.id(), TEMPLATE, 2_000_000, UNTIL, "{}"),
            // A row that has its credential keeps it.
            asked(batch, 2, 2, ACME, DIPLOMA.id(), TEMPLATE, 100, UNTIL, "[]"));
    // When
    List<CredentialOutcome> first = request(impossible);
    List<CredentialOutcome> second = request(impossible);
    List<CredentialOutcome> corrected =
        request(List.of(diploma(batch, 10, 1, "{}"), diploma(batch, 10, 2, "{}")));
    // Then
    assertThat(first)
        .filteredOn(Refused.class::isInstance)
        .hasSize(11)
        .allSatisfy(
            a ->
                assertThat(((Refused) a).problem().type())
                    .isEqualTo("urn:credmill:problem:row-not-issuable"))
        .allSatisfy(a -> assertThat(((Refused) a).problem().detail()).isNotBlank());
    assertThat(first).filteredOn(Issued.class::isInstance).hasSize(1);
    assertThat(second).containsExactlyInAnyOrderElementsOf(first);
    assertThat(corrected).hasSize(2);
    assertThat(corrected).filteredOn(a -> a.run() == 1).first().isInstanceOf(Refused.class);
    assertThat(corrected).filteredOn(a -> a.run() == 2).first().isInstanceOf(Issued.class);
    assertThat(credentials(batch)).isEqualTo(2);
  }

  @Test
  void fiveThousandRowsOfTwoOrganizationsHaveEachTheirOwnPlaceAndKey() throws Exception {
    // Given
    BatchId acme = newBatch();
    BatchId globex = newBatch();
    List<CredentialRequested> requests = new ArrayList<>();
    for (int row = 2; row < 2_502; row++) {
      requests.add(
          asked(
              acme,
              row,
              1,
              ACME,
              DIPLOMA.id(),
              TEMPLATE,
              2_500,
              UNTIL,
              "{\"fullName\":\"A" + row + "\"}"));
      requests.add(
          asked(
              globex,
              row,
              1,
              GLOBEX,
              MEMBERSHIP.id(),
              null,
              2_500,
              null,
              "{\"fullName\":\"G" + row + "\"}"));
    }
    // When
    List<CredentialOutcome> answers = request(requests);
    // Then
    assertThat(answers).hasSize(5_000).allMatch(Issued.class::isInstance);
    Set<String> places = new HashSet<>();
    Set<String> lists = new HashSet<>();
    for (CredentialOutcome answer : answers) {
      StoredCredential stored = store.byToken(((Issued) answer).linkToken()).orElseThrow();
      JsonNode credential = MAPPER.readTree(stored.json());
      boolean ofAcme = answer.row().batch().equals(acme);
      assertThat(credential.at("/issuer/id").asText()).isEqualTo((ofAcme ? ACME : GLOBEX).did());
      assertThat(stored.key().organization()).isEqualTo((ofAcme ? ACME : GLOBEX).id());
      List<JsonNode> statuses = statuses(credential);
      assertThat(statuses).hasSize(ofAcme ? 2 : 1);
      assertThat(statuses.getFirst().at("/statusListIndex").asInt())
          .isEqualTo(stored.revocation().index());
      for (JsonNode status : statuses) {
        assertThat(status.at("/statusListIndex").isTextual()).isTrue();
        lists.add(status.at("/statusListCredential").asText());
        assertThat(
                places.add(
                    status.at("/statusListCredential").asText()
                        + status.at("/statusListIndex").asText()))
            .isTrue();
      }
    }
    for (String list : lists) {
      assertListIsServedAndSigned(list);
    }
  }

  /** One entry stands by itself, several in an array. */
  private static List<JsonNode> statuses(JsonNode credential) {
    JsonNode status = credential.get("credentialStatus");
    return status.isArray() ? List.of(status.get(0), status.get(1)) : List.of(status);
  }

  @Test
  void aBatchMayGoOverTheEndOfAList() {
    // Given
    BatchId before = newBatch();
    request(List.of(asked(before, 2, 1, ACME, DIPLOMA.id(), TEMPLATE, 131_072, UNTIL, "{}")));
    BatchId batch = newBatch();
    // When
    List<CredentialOutcome> answers =
        request(
            IntStream.of(2, 131_072, 262_145)
                .mapToObj(
                    row -> asked(batch, row, 1, ACME, DIPLOMA.id(), TEMPLATE, 262_144, UNTIL, "{}"))
                .toList());
    // Then
    Set<UUID> lists = new HashSet<>();
    for (CredentialOutcome answer : answers) {
      StoredCredential stored = store.byToken(((Issued) answer).linkToken()).orElseThrow();
      lists.add(stored.revocation().list());
      given().get("/status-lists/" + stored.revocation().list()).then().statusCode(200);
    }
    assertThat(lists).hasSizeGreaterThan(1);
  }

  @Test
  void aSetBitMeansRevoked() throws Exception {
    // Given
    Issued issued = (Issued) request(List.of(diploma(newBatch(), 2, 1, "{}"))).getFirst();
    StoredCredential stored = store.byToken(issued.linkToken()).orElseThrow();
    int index = stored.revocation().index();
    // When
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "update status_list set bits = set_byte(bits, %d, get_byte(bits, %d) | %d) where id = '%s'"
              .formatted(index / 8, index / 8, 0x80 >>> index % 8, stored.revocation().list()));
    }
    // Then
    assertThat(store.validity(stored)).isEqualTo(Validity.REVOKED);
  }

  @Test
  void noPrivateKeyIsToBeReadInTheDatabase() throws Exception {
    // Given
    request(List.of(diploma(newBatch(), 2, 1, "{}")));
    // When
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select public_key, wrapped_private_key from signing_key")) {
      // Then
      assertThat(rows.next()).isTrue();
      do {
        byte[] publicKey = rows.getBytes(1);
        byte[] wrapped = rows.getBytes(2);
        assertThat(wrapped).hasSize(12 + 32 + 16);
        for (int at = 0; at + 32 <= wrapped.length; at++) {
          byte[] candidate = java.util.Arrays.copyOfRange(wrapped, at, at + 32);
          assertThat(
                  new org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters(candidate)
                      .generatePublicKey()
                      .getEncoded())
              .isNotEqualTo(publicKey);
        }
      } while (rows.next());
    }
  }

  @Test
  void anUnknownOrganizationAndAnUnknownListAreNotFound() {
    given()
        .get("/orgs/nobody/did.json")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
    given().get("/orgs/No%20Slug/did.json").then().statusCode(404);
    given().get("/status-lists/" + UUID.randomUUID()).then().statusCode(404);
    given()
        .get("/status-lists/nonsense")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
    assertThat(store.byToken("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")).isEmpty();
  }

  private void assertListIsServedAndSigned(String url) throws Exception {
    String path = url.substring("https://issuer.example".length());
    var response =
        given()
            .get(path)
            .then()
            .statusCode(200)
            .contentType("application/vc+jwt")
            .header("Access-Control-Allow-Origin", "*")
            .header("Cache-Control", org.hamcrest.Matchers.containsString("max-age=300"))
            .extract();
    given().header("If-None-Match", response.header("ETag")).get(path).then().statusCode(304);
    JWSObject jws = JWSObject.parse(response.asString());
    JsonNode list = MAPPER.readTree(jws.getPayload().toString());
    String did = list.at("/issuer").asText();
    String slug = did.substring(did.lastIndexOf(':') + 1);
    JsonNode method =
        MAPPER
            .readTree(given().get("/orgs/" + slug + "/did.json").asString())
            .at("/verificationMethod/0");
    assertThat(verified(jws, method)).isTrue();
    assertThat(jws.getHeader().getType().getType()).isEqualTo("vc+jwt");
    assertThat(list.at("/id").asText()).isEqualTo(url);
    assertThat(list.at("/type/1").asText()).isEqualTo("BitstringStatusListCredential");
    assertThat(list.at("/credentialSubject/type").asText()).isEqualTo("BitstringStatusList");
    assertThat(list.at("/credentialSubject/statusPurpose").asText())
        .isIn("revocation", "suspension");
    assertThat(list.at("/credentialSubject/ttl").asLong()).isEqualTo(300_000);
    String encoded = list.at("/credentialSubject/encodedList").asText();
    assertThat(encoded).startsWith("u");
    byte[] bits =
        new GZIPInputStream(
                new ByteArrayInputStream(Base64.getUrlDecoder().decode(encoded.substring(1))))
            .readAllBytes();
    assertThat(bits).hasSize(131_072 / 8);
  }

  private static boolean verified(JWSObject jws, JsonNode method) throws Exception {
    byte[] key = OctetKeyPair.parse(method.get("publicKeyJwk").toString()).getDecodedX();
    Ed25519Signer verification = new Ed25519Signer();
    verification.init(false, new Ed25519PublicKeyParameters(key));
    byte[] input = jws.getSigningInput();
    verification.update(input, 0, input.length);
    return verification.verifySignature(jws.getSignature().decode());
  }

  /** Publishes, and returns the answers when every (row, run) has one. */
  private List<CredentialOutcome> request(List<CredentialRequested> requests) {
    Set<RefusalTable.RowRun> open = new HashSet<>();
    Set<RowId> rows = new HashSet<>();
    for (CredentialRequested request : requests) {
      rows.add(request.row());
      open.add(new RefusalTable.RowRun(request.row(), request.run()));
    }
    received.clear();
    publisher.publish(requests);
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              for (ConsumerRecord<String, byte[]> record : outcomes.poll(Duration.ofMillis(50))) {
                read(record, rows);
              }
              received.forEach(a -> open.remove(new RefusalTable.RowRun(a.row(), a.run())));
              return open.isEmpty();
            });
    return List.copyOf(received);
  }

  private void read(ConsumerRecord<String, byte[]> record, Set<RowId> rows) {
    var records =
        new org.apache.kafka.clients.consumer.ConsumerRecords<>(
            Map.of(
                new org.apache.kafka.common.TopicPartition(record.topic(), record.partition()),
                List.of(record)),
            Map.of());
    for (CredentialOutcome outcome : Events.read(records, CredentialOutcome.class)) {
      if (rows.contains(outcome.row())) {
        received.add(outcome);
      }
    }
  }

  private Map<Integer, Issued> issuedByRow(List<CredentialOutcome> answers) {
    Map<Integer, Issued> issued = new HashMap<>();
    answers.forEach(answer -> issued.put(answer.row().number(), (Issued) answer));
    return issued;
  }

  private Map<Integer, String> jwts(Map<Integer, Issued> issued) {
    Map<Integer, String> jwts = new HashMap<>();
    issued.forEach(
        (row, answer) -> jwts.put(row, store.byToken(answer.linkToken()).orElseThrow().jwt()));
    return jwts;
  }

  private int credentials(BatchId batch) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*) from credential c join batch b on b.number = c.batch_number where b.batch_id = '%s'"
                    .formatted(batch))) {
      rows.next();
      return rows.getInt(1);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static BatchId newBatch() {
    return BatchId.at(Instant.now());
  }

  private static List<CredentialRequested> diplomas(BatchId batch, int count) {
    return IntStream.range(2, 2 + count)
        .mapToObj(row -> diploma(batch, row, 1, "{\"fullName\":\"Name " + row + "\"}"))
        .toList();
  }

  private static CredentialRequested diploma(BatchId batch, int row, int run, String claims) {
    return asked(batch, row, run, ACME, DIPLOMA.id(), TEMPLATE, 100, UNTIL, claims);
  }

  private static CredentialRequested asked(
      BatchId batch,
      int row,
      int run,
      Organization organization,
      String definition,
      String template,
      int size,
      Instant until,
      String claims) {
    return new CredentialRequested(
        new RowId(batch, row),
        run,
        organization.id(),
        definition,
        template,
        size,
        FROM,
        until,
        claims);
  }
}
