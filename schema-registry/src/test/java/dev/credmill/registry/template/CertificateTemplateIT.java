package dev.credmill.registry.template;

import static dev.credmill.registry.Calls.acmeAdmin;
import static dev.credmill.registry.Calls.acmeIssuer;
import static dev.credmill.registry.Calls.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.registry.RegistryConfig;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
class CertificateTemplateIT {
  private static final String HEAD =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 297 210\">";

  @Test
  void thePreviewIsDrawnOnSampleValues() throws IOException {
    // When
    byte[] png =
        acmeIssuer()
            .accept("*/*")
            .get("/v1/certificate-templates/diploma/preview.png?width=600")
            .then()
            .statusCode(200)
            .contentType("image/png")
            .extract()
            .asByteArray();
    byte[] pdf =
        acmeIssuer()
            .accept("*/*")
            .get("/v1/certificate-templates/training-certificate/preview.pdf")
            .then()
            .statusCode(200)
            .contentType("application/pdf")
            .extract()
            .asByteArray();
    // Then
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(600);
    assertThat(new String(pdf, 0, 5, StandardCharsets.ISO_8859_1)).isEqualTo("%PDF-");
  }

  @ParameterizedTest
  @ValueSource(strings = {"99", "2401", "-1", "x", "1e3"})
  void aWidthBeyondBoundsIsRefused(String width) {
    acmeIssuer()
        .accept("*/*")
        .get("/v1/certificate-templates/diploma/preview.png?width=" + width)
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<image href=\"http://169.254.169.254/latest/meta-data\"/>",
        "<text onclick=\"alert(1)\">x</text>",
        "<foreignObject><p>x</p></foreignObject>",
        "<text>{{unclosed</text>",
        "<text>"
      })
  void aHostileOrBrokenPictureIsRefusedWithWhatIsWrong(String content) {
    acmeAdmin()
        .body(Map.of("name", "Hostile", "svg", HEAD + content + "</svg>"))
        .post("/v1/certificate-templates")
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:credmill:problem:certificate-template-invalid"))
        .body("errors[0].field", equalTo("svg"));
  }

  @Test
  void aPlaceholderWithoutASampleValueIsRefused() {
    acmeAdmin()
        .body(
            Map.of(
                "name",
                "T",
                "svg",
                HEAD + "<text>{{degre}}</text></svg>",
                "sampleValues",
                Map.of("degree", "MSc")))
        .post("/v1/certificate-templates")
        .then()
        .statusCode(422)
        .body("detail", containsString("{{degre}}"));
  }

  @Test
  void theSvgIsGivenBackAsADownloadThatRunsNowhere() {
    // Given
    String id = fresh("template");
    String svg = HEAD + "<text>{{recipientName}}</text></svg>";
    acmeAdmin()
        .body(Map.of("id", id, "name", "T", "svg", svg))
        .post("/v1/certificate-templates")
        .then()
        .statusCode(201);
    // Then
    acmeIssuer()
        .accept("*/*")
        .get("/v1/certificate-templates/" + id + "/template.svg")
        .then()
        .statusCode(200)
        .header("Content-Disposition", containsString("attachment"))
        .header("Content-Security-Policy", containsString("sandbox"))
        .body(equalTo(svg));
    acmeAdmin()
        .post("/v1/certificate-templates/" + id + "/publish")
        .then()
        .statusCode(200)
        .body("status", equalTo("PUBLISHED"));
  }

  @Test
  void whatFindsNoRoomOrNoTimeIsToldSo() {
    // Given
    CountDownLatch end = new CountDownLatch(1);
    Drawing drawing = new Drawing(oneAtATime());
    // When
    assertThatThrownBy(() -> drawing.within(() -> await(end)))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(503));
    end.countDown();
    // Then
    assertThat(drawing.within(() -> "drawn")).isEqualTo("drawn");
    drawing.close();
  }

  private static String await(CountDownLatch end) throws InterruptedException {
    end.await();
    return "late";
  }

  private static RegistryConfig oneAtATime() {
    return new io.smallrye.config.SmallRyeConfigBuilder()
        .withMapping(RegistryConfig.class)
        .withDefaultValue("registry.preview.threads", "1")
        .withDefaultValue("registry.preview.waiting", "1")
        .withDefaultValue("registry.preview.time-limit", "PT0.1S")
        .build()
        .getConfigMapping(RegistryConfig.class);
  }
}
