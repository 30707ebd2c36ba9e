package dev.credmill.registry.internal;

import static dev.credmill.registry.Calls.acmeAdmin;
import static dev.credmill.registry.Calls.fresh;
import static dev.credmill.registry.Calls.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.preview.CertificatePreview;
import dev.credmill.contracts.preview.CertificatePreviewClient;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates of rows that are not issued, as the batch API has them drawn. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
class CertificatePreviewIT {
  private static final String CLAIMS =
      """
      {"fullName": "%s", "degree": "Master of Science", "fieldOfStudy": "Physics", "graduationDate": "2026-06-26"}
      """;
  private CertificatePreviewClient client;

  @BeforeEach
  void connect() {
    client =
        QuarkusRestClientBuilder.newBuilder()
            .baseUri(URI.create("http://localhost:" + RestAssured.port))
            .build(CertificatePreviewClient.class);
  }

  @Test
  void theCertificateIsDrawnWithTheRowsOwnValues() throws IOException {
    // When
    byte[] ada = client.png("diploma", preview("acme", "diploma", "Ada Lovelace"));
    byte[] grace = client.png("diploma", preview("acme", "diploma", "Grace Hopper"));
    byte[] pdf = client.pdf("diploma", preview("acme", "diploma", "Ada Lovelace"));
    // Then
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(ada));
    assertThat(image.getWidth()).isEqualTo(1200);
    assertThat(ada).isNotEqualTo(grace);
    assertThat(new String(pdf, 0, 5, StandardCharsets.ISO_8859_1)).isEqualTo("%PDF-");
  }

  @Test
  void whatARowSaysIsNeverMarkup() throws IOException {
    // When
    byte[] png =
        client.png(
            "diploma",
            preview("acme", "diploma", "</text><script>x</script>&{{issuerName}}\\u0000\\ud800"));
    // Then
    assertThat(ImageIO.read(new ByteArrayInputStream(png))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "acme, none, diploma",
    "acme, globex-training-certificate, diploma",
    "globex, diploma, globex-training-certificate",
    "acme, diploma, none",
    "nobody, diploma, diploma"
  })
  void whatIsNotTheOrganizationsOwnIsNotDrawn(
      String organization, String template, String definition) throws IOException {
    service()
        .contentType(ContentType.JSON)
        .body(preview(organization, definition, "Ada"))
        .post("/internal/certificate-templates/" + template + "/preview.png")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
  }

  @Test
  void onlyServicesHavePreviewsDrawn() throws IOException {
    acmeAdmin()
        .body(preview("acme", "diploma", "Ada"))
        .post("/internal/certificate-templates/diploma/preview.pdf")
        .then()
        .statusCode(401);
  }

  @Test
  void whatIsNoPreviewIsRefused() {
    service()
        .contentType(ContentType.JSON)
        .body(Map.of("organization", "acme"))
        .post("/internal/certificate-templates/diploma/preview.png")
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:credmill:problem:invalid-body"));
  }

  @Test
  void aTemplateOfTheBatchIsDrawnInPlaceOfTheDefinitions() throws IOException {
    // Given
    String id = fresh("template");
    acmeAdmin()
        .body(
            Map.of(
                "id",
                id,
                "name",
                "Narrow",
                "svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-10, 5, 200,400\"><text x=\"0\" y=\"90\">{{recipientName}}</text></svg>"))
        .post("/v1/certificate-templates")
        .then()
        .statusCode(201);
    // When
    byte[] png = client.png(id, preview("acme", "diploma", "Ada"));
    // Then
    assertThat(ImageIO.read(new ByteArrayInputStream(png)).getHeight()).isEqualTo(2400);
  }

  private static CertificatePreview preview(String organization, String definition, String name)
      throws IOException {
    return new CertificatePreview(
        new OrganizationId(organization),
        definition,
        new ObjectMapper().readTree(CLAIMS.formatted(name)),
        Instant.parse("2026-11-22T09:00:00Z"),
        null,
        "http://localhost:8080/c/preview");
  }
}
