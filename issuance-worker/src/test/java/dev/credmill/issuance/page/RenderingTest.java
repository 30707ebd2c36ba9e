package dev.credmill.issuance.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.credmill.certificate.Claims;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.registry.CertificateTemplate;
import dev.credmill.issuance.credential.StoredCredential;
import dev.credmill.issuance.securing.Custody;
import dev.credmill.issuance.securing.KeyAlgorithm;
import dev.credmill.issuance.securing.KeyStatus;
import dev.credmill.issuance.securing.SecuringForTests;
import dev.credmill.issuance.securing.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RenderingTest {
  private static final OrganizationId ACME = new OrganizationId("acme");
  private static final Instant NOW = Instant.parse("2026-06-01T10:00:00Z");

  @Test
  void theDefaultsAreTheDocumentedOnes() {
    // When
    PageConfig config = SecuringForTests.config(Map.of()).page();
    // Then
    assertThat(config.renderThreads()).isEqualTo(2);
    assertThat(config.renderQueue()).isEqualTo(32);
    assertThat(config.renderTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.pngWidth()).isEqualTo(1600);
    assertThat(config.cacheBytes()).isEqualTo(32 * 1024 * 1024);
    assertThat(config.cacheFor()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void whoeverWaitsTooLongIsToldToComeAgain() {
    // Given
    Rendering rendering = rendering(Map.of("issuance.page.render-timeout", "PT0.001S"));
    // When
    Optional<byte[]> picture = rendering.render(credential(Optional.empty()), PictureFormat.PDF);
    // Then
    assertThat(picture).isEmpty();
    rendering.close();
  }

  @Test
  void moreThanThePoolTakesIsTurnedAwayAtOnce() {
    // Given
    Rendering rendering = rendering(Map.of());
    rendering.close();
    // When
    Optional<byte[]> picture = rendering.render(credential(Optional.empty()), PictureFormat.SVG);
    // Then
    assertThat(picture).isEmpty();
  }

  @Test
  void aTemplateThatShouldNeverHaveComeInIsNotRendered() {
    // Given
    Rendering rendering = rendering(Map.of());
    CertificateTemplate hostile =
        new CertificateTemplate(
            "t1",
            ACME,
            true,
            "Hostile",
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><script>alert(1)</script></svg>");
    // When
    Optional<byte[]> picture =
        rendering.render(credential(Optional.of(hostile)), PictureFormat.SVG);
    // Then
    assertThat(picture.map(svg -> new String(svg, UTF_8)).orElseThrow())
        .contains("aria-label=\"Diploma\"")
        .doesNotContain("<script", "alert");
    rendering.close();
  }

  private static Rendering rendering(Map<String, String> config) {
    return new Rendering(SecuringForTests.config(config));
  }

  private static Presented credential(Optional<CertificateTemplate> template) {
    StoredCredential stored =
        new StoredCredential(
            new RowId(new BatchId(new UUID(1, 2)), 2),
            ACME,
            "urn:uuid:1",
            "token",
            "diploma-1",
            null,
            NOW,
            null,
            NOW,
            "{}",
            "a.b.c",
            new SigningKey(
                "kid",
                ACME,
                "did:web:example.org",
                KeyAlgorithm.ED25519,
                new byte[32],
                "{}",
                Custody.DATABASE,
                KeyStatus.CURRENT),
            new StoredCredential.Status(new UUID(3, 4), 5),
            new StoredCredential.Status(new UUID(3, 4), 5));
    return new Presented(
        stored,
        MissingNode.getInstance(),
        "Diploma",
        null,
        Locale.ENGLISH,
        "Acme",
        "did:web:example.org",
        "https://example.org/c/token",
        "https://example.org/orgs/acme/did.json",
        new Claims(List.of(), "Ada Lovelace"),
        template);
  }
}
