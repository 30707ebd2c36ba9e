package dev.credmill.e2e;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sheet in, credentials and messages out, seen from outside. */
class WholePipelineIT {
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final int SAMPLE_ROWS = 200;
  private static final Map<String, Set<String>> TOPICS_OF_GROUP =
      Map.of(
          "batch-api", Set.of("credential-outcome", "delivery-outcome", "credential-changed"),
          "issuance-worker", Set.of("credential-requested", "status-requested"),
          "notification-worker", Set.of("delivery-requested"));

  private static QuickstartProcess quickstart;
  private static Issuer acme;
  private static Issuer globex;

  @BeforeAll
  static void start() {
    quickstart = QuickstartProcess.start("pipeline");
    acme = new Issuer(quickstart.url(), "acme-issuer-key");
    globex = new Issuer(quickstart.url(), "globex-admin-key");
  }

  @AfterAll
  static void stop() {
    if (quickstart != null) {
      quickstart.close();
    }
  }

  @Test
  void everyRowOfASheetBecomesACredentialThatItsRecipientGetsAndAnyoneCanVerify() throws Exception {
    // Given
    String sheet = Sheets.sample();
    // When
    String id = acme.issue("diploma", sheet, "EMAIL");
    JsonNode batch = acme.awaitSettled(id, "EMAIL", LONGEST);
    // Then
    assertThat(batch.path("counts").path("issued").asInt()).isEqualTo(SAMPLE_ROWS);
    assertThat(batch.path("delivery").path("EMAIL").path("sent").asInt()).isEqualTo(SAMPLE_ROWS);
    List<JsonNode> rows = acme.rows(id);
    assertThat(rows).hasSize(SAMPLE_ROWS);
    eachRecipientHasOneMessageWithTheirOwnLink(rows);
    theInboxPageShowsTheMessages();
    theCredentialIsSignedByItsIssuer(rows.getFirst());
    theCertificateCanBeSeenAndPrinted(rows.getFirst().path("credUrl").asText());
    theRowsPreviewSaysWhatItsRecipientGot(id, rows.getFirst());
  }

  private static void eachRecipientHasOneMessageWithTheirOwnLink(List<JsonNode> rows) {
    Map<String, String> linkOf =
        rows.stream()
            .collect(
                toMap(
                    row -> row.path("recipient").path("email").asText(),
                    row -> row.path("credUrl").asText()));
    assertThat(new HashSet<>(linkOf.values())).hasSize(SAMPLE_ROWS);
    Map<String, Inbox.Mail> mailOf = new HashMap<>();
    for (Inbox.Mail mail : new Inbox(quickstart.imapPort()).mails()) {
      String address = mail.to().replaceAll(".*<|>.*", "");
      if (linkOf.containsKey(address)) {
        assertThat(mailOf.put(address, mail)).as("a second message to one recipient").isNull();
      }
    }
    assertThat(mailOf.keySet()).isEqualTo(linkOf.keySet());
    mailOf.forEach((address, mail) -> assertThat(mail.text()).contains(linkOf.get(address)));
  }

  private static void theInboxPageShowsTheMessages() {
    Matcher first =
        Pattern.compile("href=\"(/dev/inbox/\\d+)\"")
            .matcher(Anyone.reads(quickstart.url() + "/dev/inbox"));
    assertThat(first.find()).as("a message to open").isTrue();
    assertThat(Anyone.reads(quickstart.url() + first.group(1))).contains("<iframe");
    assertThat(Anyone.reads(quickstart.url() + first.group(1) + "/html")).contains("/c/");
  }

  private static void theCredentialIsSignedByItsIssuer(JsonNode row) {
    String link = row.path("credUrl").asText();
    ForeignVerifier verifier = new ForeignVerifier();
    JsonNode credential = verifier.verified(Anyone.reads(link + ".jwt").strip());
    assertThat(credential.path("id").asText()).isEqualTo(row.path("credentialId").asText());
    assertThat(credential.path("type").toString()).contains("VerifiableCredential");
    assertThat(credential.path("credentialSubject").toString()).contains(link);
    assertThat(verifier.statusBit(credential)).as("revoked").isFalse();
  }

  private static void theCertificateCanBeSeenAndPrinted(String link) throws IOException {
    assertThat(Anyone.reads(link)).contains("<html");
    HttpResponse<byte[]> pdf = Anyone.opens(link + ".pdf");
    assertThat(pdf.statusCode()).isEqualTo(200);
    assertThat(new String(pdf.body(), 0, 4, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("%PDF");
    try (PDDocument document = Loader.loadPDF(pdf.body())) {
      assertThat(document.getNumberOfPages()).isEqualTo(1);
    }
  }

  private static void theRowsPreviewSaysWhatItsRecipientGot(String batch, JsonNode row)
      throws IOException {
    String path = "/v1/batches/" + batch + "/rows/" + row.path("number").asInt();
    JsonNode email = acme.get(path + "/message").path("EMAIL");
    String address = row.path("recipient").path("email").asText();
    assertThat(email.path("to").asText()).isEqualTo(address);
    Inbox.Mail sent =
        new Inbox(quickstart.imapPort())
            .mails().stream().filter(mail -> mail.to().contains(address)).findFirst().orElseThrow();
    assertThat(
            sent.text()
                .replace(row.path("credUrl").asText(), quickstart.url() + "/c/preview")
                .replaceAll("/claim/[A-Za-z0-9_-]+", "/claim/preview"))
        .contains(email.path("text").asText().lines().toList());
    HttpResponse<byte[]> picture = acme.fetch(path + "/preview.png");
    assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/png");
    assertThat(ImageIO.read(new ByteArrayInputStream(picture.body()))).isNotNull();
    assertThat(acme.fetch(path + "/preview.pdf").statusCode()).isEqualTo(200);
  }

  @Test
  void twoOrganizationsAtOnceNeverMix() {
    // Given
    int rows = 400;
    // When
    String ofAcme = acme.issue("membership", Sheets.memberships("Anvil", rows), "EMAIL");
    String ofGlobex = globex.issue("globex-membership", Sheets.memberships("Globe", rows), "EMAIL");
    acme.awaitSettled(ofAcme, "EMAIL", LONGEST);
    globex.awaitSettled(ofGlobex, "EMAIL", LONGEST);
    // Then
    seesOnlyItsOwn(acme, ofAcme, ofGlobex, "Anvil", "acme");
    seesOnlyItsOwn(globex, ofGlobex, ofAcme, "Globe", "globex");
  }

  private static void seesOnlyItsOwn(
      Issuer issuer, String own, String others, String family, String organization) {
    assertThat(issuer.batches())
        .extracting(batch -> batch.path("id").asText())
        .contains(own)
        .doesNotContain(others);
    for (String path :
        List.of(
            "",
            "/rows",
            "/rows/2",
            "/rows/2/preview.png",
            "/rows/2/message",
            "/errors",
            "/report.csv")) {
      assertThat(issuer.fetch("/v1/batches/" + others + path).statusCode())
          .as("another organization's " + path)
          .isEqualTo(404);
    }
    List<JsonNode> rows = issuer.rows(own);
    assertThat(rows)
        .allSatisfy(
            row -> assertThat(row.path("recipient").path("lastName").asText()).startsWith(family));
    ForeignVerifier verifier = new ForeignVerifier();
    for (JsonNode row : rows) {
      JsonNode credential =
          verifier.verified(Anyone.reads(row.path("credUrl").asText() + ".jwt").strip());
      assertThat(credential.path("issuer").toString()).contains(":orgs:" + organization);
      assertThat(credential.path("credentialSubject").toString()).contains(family);
    }
  }

  /** A path that no service took would be 404. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/internal/organizations/acme",
        "/internal/api-keys/0000",
        "/internal/credentials/urn:uuid:4f3c2b1a-9d8e-8c7b-a6f5-e4d3c2b1a098"
      })
  void whatTheServicesAskEachOtherIsThereSideBySideAndForNobodyElse(String path) {
    assertThat(acme.fetch(path).statusCode()).isEqualTo(401);
    assertThat(acme.fetch("/internal/nothing" + path).statusCode()).isEqualTo(404);
  }

  @Test
  void everyConsumerGroupGetsEveryEvent() throws Exception {
    // Given
    int rows = 1_500;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", quickstart.kafka()))) {
      Map<String, Long> before = sumByTopic(ends(admin));
      // When
      String id = acme.issue("membership", Sheets.memberships("Every", rows), "EMAIL");
      acme.awaitSettled(id, "EMAIL", LONGEST);
      JsonNode change = acme.revoke(id);
      // Then
      assertThat(change.path("counts").path("DONE").asInt()).isEqualTo(rows);
      Map<String, Long> after = sumByTopic(ends(admin));
      for (Set<String> topics : TOPICS_OF_GROUP.values()) {
        for (String topic : topics) {
          assertThat(after.get(topic) - before.get(topic)).as(topic).isGreaterThanOrEqualTo(rows);
        }
      }
      await("every group to have committed everything")
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                Map<TopicPartition, Long> ends = ends(admin);
                for (Map.Entry<String, Set<String>> group : TOPICS_OF_GROUP.entrySet()) {
                  assertThat(committed(admin, group.getKey()))
                      .as(group.getKey())
                      .isEqualTo(notEmpty(ends, group.getValue()));
                }
              });
    }
  }

  @Test
  void aCorrectedCredentialTakesThePlaceOfTheOldOneAndTheOldPageLeadsToIt() throws Exception {
    // Given
    String id = acme.issue("diploma", Sheets.diplomas("Misspelled", 1));
    acme.awaitSettled(id, null, LONGEST);
    JsonNode old = acme.rows(id).getFirst();
    // When
    String anew = acme.replace(old.path("credentialId").asText(), "{\"Last Name\": \"Lovelace\"}");
    acme.awaitSettled(anew, null, LONGEST);
    // Then
    JsonNode row = acme.rows(anew).getFirst();
    await("the old one to be revoked")
        .atMost(Duration.ofSeconds(30))
        .until(() -> "REVOKED".equals(acme.rows(id).getFirst().path("validity").asText()));
    assertThat(acme.rows(id).getFirst().path("replacedBy").path("batchId").asText())
        .isEqualTo(anew);
    String token = row.path("credUrl").asText().replaceAll(".*/", "");
    assertThat(Anyone.reads(old.path("credUrl").asText()))
        .contains("Revoked")
        .contains("href=\"" + token + "\"");
    assertThat(Anyone.reads(row.path("credUrl").asText()))
        .contains("Verified")
        .contains("Lovelace");
  }

  @Test
  void whatComesBackToTheMailboxReachesTheRow() throws Exception {
    // Given
    String name = "Returned" + System.nanoTime();
    String id = acme.issue("diploma", Sheets.diplomas(name, 1), "EMAIL");
    acme.awaitSettled(id, "EMAIL", LONGEST);
    JsonNode row = acme.rows(id).getFirst();
    String address = row.path("recipient").path("email").asText();
    Inbox.Mail sent =
        new Inbox(quickstart.imapPort())
            .mails().stream().filter(mail -> mail.to().contains(address)).findFirst().orElseThrow();
    // When
    MailSystem.at(quickstart.smtpPort()).returns(sent);
    // Then
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                "BOUNCED".equals(acme.rows(id).getFirst().path("delivery").path("EMAIL").asText()));
    assertThat(acme.rows(id).getFirst().path("problem").path("detail").asText())
        .contains("5.1.1")
        .doesNotContain(address);
  }

  private static Map<TopicPartition, Long> ends(Admin admin) throws Exception {
    Set<String> topics = new HashSet<>();
    TOPICS_OF_GROUP.values().forEach(topics::addAll);
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    admin
        .describeTopics(topics)
        .allTopicNames()
        .get()
        .forEach(
            (topic, description) ->
                description
                    .partitions()
                    .forEach(
                        p ->
                            wanted.put(
                                new TopicPartition(topic, p.partition()), OffsetSpec.latest())));
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin.listOffsets(wanted).all().get().forEach((p, result) -> ends.put(p, result.offset()));
    return ends;
  }

  private static Map<TopicPartition, Long> committed(Admin admin, String group) throws Exception {
    Map<TopicPartition, Long> committed = new HashMap<>();
    admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get()
        .forEach(
            (partition, offset) -> {
              if (offset != null && offset.offset() > 0) {
                committed.put(partition, offset.offset());
              }
            });
    return committed;
  }

  private static Map<TopicPartition, Long> notEmpty(
      Map<TopicPartition, Long> ends, Set<String> topics) {
    return ends.entrySet().stream()
        .filter(end -> topics.contains(end.getKey().topic()) && end.getValue() > 0)
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Map<String, Long> sumByTopic(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .collect(toMap(end -> end.getKey().topic(), Map.Entry::getValue, Long::sum));
  }
}
