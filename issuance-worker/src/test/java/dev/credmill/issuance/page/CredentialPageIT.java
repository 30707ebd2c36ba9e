package dev.credmill.issuance.page;

import static dev.credmill.issuance.RegistryTestResource.ACME;
import static dev.credmill.issuance.RegistryTestResource.DIPLOMA;
import static dev.credmill.issuance.RegistryTestResource.MEMBERSHIP;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.nimbusds.jose.JWSObject;
import dev.credmill.backing.BackingTestResource;
import dev.credmill.issuance.RegistryTestResource;
import dev.credmill.issuance.credential.CredentialStore;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(RegistryTestResource.class)
class CredentialPageIT {
  private static final Instant FROM = Instant.parse("2026-06-01T10:00:00Z");
  private static final Instant UNTIL = Instant.parse("2099-06-01T23:59:59Z");
  private static final String CLAIMS =
      "{\"fullName\":\"Zoë Ångström\",\"course\":\"First aid\",\"credits\":5}";
  private static final String FORGED = "AY3kq0o2Zz8mVb1tQx7Jr5nUe9sLwCfDhGpT";
  @Inject Issuing issuing;
  @Inject CredentialStore credentials;

  @Inject
  @DataSource("issuance")
  AgroalDataSource database;

  @Test
  void thePageSaysWhatWasIssuedAndThatItWasVerified() {
    // Given
    String token = issue(CLAIMS);
    // When
    Response page = given().accept("text/html,*/*;q=0.8").get("/c/" + token);
    // Then
    page.then()
        .statusCode(200)
        .contentType("text/html;charset=UTF-8")
        .body(containsString("<strong>Verified</strong>"))
        .body(containsString("Signature: passed"))
        .body(containsString("Issuer: passed"))
        .body(containsString("Status: passed"))
        .body(containsString("Validity: passed"))
        .body(containsString("<dt dir=\"auto\">Full name</dt><dd dir=\"auto\">Zoë Ångström</dd>"))
        .body(containsString("<dt dir=\"auto\">Credits</dt><dd dir=\"auto\">5</dd>"))
        .body(containsString(ACME.did()))
        .body(containsString("https://issuer.example/c/" + token))
        .body(containsString("1 June 2099"))
        .body(not(containsString("http-equiv")))
        .body(not(containsString("<script")));
  }

  @Test
  void nothingIsLoadedFromElsewhereAndNobodyIndexesOrKeepsThePage() {
    // Given
    String token = issue(CLAIMS);
    // When
    Response page = given().accept("text/html").get("/c/" + token);
    // Then
    page.then()
        .header("Content-Security-Policy", containsString("default-src 'none'; img-src 'self'"))
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("X-Robots-Tag", containsString("noindex"))
        .header("Cache-Control", "no-store")
        .header("Vary", containsString("Accept"));
    assertThat(Pattern.compile("(?:src|href)=\"([^\"]*)").matcher(page.asString()).results())
        .isNotEmpty()
        .extracting(target -> target.group(1))
        .allMatch(
            target ->
                target.startsWith(token + ".")
                    || target.equals("../verify")
                    || target.equals("https://issuer.example/orgs/acme/did.json"));
  }

  @Test
  void valuesAreShownAndNeverRun() throws Exception {
    // Given
    String token =
        issue(
            "{\"fullName\":\"<script>alert(1)</script>\",\"course\":\"\\\"><img src=x onerror=alert(1)>{page.title}\"}");
    // When
    String page = given().accept("text/html").get("/c/" + token).asString();
    String svg = given().get("/c/" + token + ".svg").asString();
    // Then
    assertThat(page)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .contains("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;{page.title}")
        .doesNotContain("<script", "<img src=x");
    assertThat(svg).doesNotContain("<script", "<img");
  }

  @Test
  void theCredentialItselfIsGivenInEveryForm() throws Exception {
    // Given
    String token = issue(CLAIMS);
    String jwt = credentials.byToken(token).orElseThrow().jwt();
    String json = credentials.byToken(token).orElseThrow().json();
    // Then
    given()
        .accept("application/vc+jwt")
        .get("/c/" + token)
        .then()
        .statusCode(200)
        .contentType("application/vc+jwt")
        .header("Access-Control-Allow-Origin", "*")
        .body(equalTo(jwt));
    given()
        .get("/c/" + token + ".jwt")
        .then()
        .statusCode(200)
        .contentType("application/vc+jwt")
        .body(equalTo(jwt));
    given()
        .accept("application/vc")
        .get("/c/" + token)
        .then()
        .statusCode(200)
        .contentType("application/vc")
        .body(equalTo(json));
    given()
        .accept("application/json")
        .get("/c/" + token)
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("credentialSubject.course", equalTo("First aid"));
    given()
        .get("/c/" + token + ".json")
        .then()
        .statusCode(200)
        .contentType("application/vc")
        .body(equalTo(json));
    assertThat(JWSObject.parse(jwt).getPayload()).hasToString(json);
  }

  @Test
  void thePdfCarriesTheCredentialAndThePictureTheLink() throws Exception {
    // Given
    String token = issue(CLAIMS);
    // When
    Response pdf = given().get("/c/" + token + ".pdf");
    Response png = given().get("/c/" + token + ".png");
    // Then
    pdf.then()
        .statusCode(200)
        .contentType("application/pdf")
        .header("Content-Disposition", "inline; filename=\"name-of-diploma-1.pdf\"")
        .header("Cache-Control", "private, max-age=300");
    try (PDDocument document = Loader.loadPDF(pdf.asByteArray())) {
      assertThat(document.getNumberOfPages()).isOne();
      byte[] inside =
          new PDDocumentNameDictionary(document.getDocumentCatalog())
              .getEmbeddedFiles()
              .getNames()
              .get("credential.jwt")
              .getEmbeddedFile()
              .toByteArray();
      assertThat(inside).asString().isEqualTo(credentials.byToken(token).orElseThrow().jwt());
    }
    png.then().statusCode(200).contentType("image/png");
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png.asByteArray()));
    assertThat(picture.getWidth()).isEqualTo(1600);
    assertThat(scanned(picture)).isEqualTo("https://issuer.example/c/" + token);
  }

  @Test
  void headIsAnsweredLikeGetWithoutABody() {
    // Given
    String token = issue(CLAIMS);
    // Then
    for (String path : List.of("", ".pdf", ".png", ".svg", ".jwt", ".json")) {
      given().head("/c/" + token + path).then().statusCode(200).body(equalTo(""));
    }
    given().head("/c/" + FORGED).then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FORGED,
        "short",
        "%3Cscript%3E",
        "..%2f..",
        "AY3kq0o2Zz8mVb1tQx7Jr5nUe9sLwCfDhGp%00",
        "AY3kq0o2Zz8mVb1tQx7Jr5nUe9sLwCfDhGpTAY3kq0o2Zz8mVb1tQx7Jr5nUe9sLwCfDhGpT"
      })
  void whateverIsWrongWithALinkTheAnswerIsTheSame(String token) {
    // Given
    String expected = given().accept("text/html").get("/c/" + FORGED).asString();
    // When
    Response page = given().urlEncodingEnabled(false).accept("text/html").get("/c/" + token);
    // Then
    page.then()
        .statusCode(404)
        .contentType("text/html;charset=UTF-8")
        .header("Content-Security-Policy", containsString("default-src 'none'"))
        .header("Cache-Control", "no-store")
        .body(equalTo(expected));
    for (String extension : List.of(".pdf", ".png", ".svg", ".jwt", ".json")) {
      given()
          .urlEncodingEnabled(false)
          .accept("application/json")
          .get("/c/" + token + extension)
          .then()
          .statusCode(404)
          .contentType("application/problem+json")
          .body("type", equalTo("urn:credmill:problem:not-found"));
    }
  }

  @Test
  void aTokenWithOneLetterChangedLeadsNowhere() {
    // Given
    String token = issue(CLAIMS);
    // Then
    for (int i : new int[] {0, 1, 17, 35}) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String forged = token.substring(0, i) + other + token.substring(i + 1);
      given().get("/c/" + forged).then().statusCode(404);
    }
  }

  @Test
  void aChangedPayloadIsFoundOut() throws SQLException {
    // Given
    String token = issue(CLAIMS);
    // When
    update(
        "update credential set payload = convert_to(replace(convert_from(payload, 'UTF8'), 'First aid', 'Brain surgery'), 'UTF8')"
            + " where batch_number = (select number from batch where batch_id = ?::uuid)",
        token);
    // Then
    given()
        .accept("text/html")
        .get("/c/" + token)
        .then()
        .statusCode(200)
        .body(containsString("Signature: failed"))
        .body(containsString("<strong>Not valid</strong>"))
        .body(not(containsString("<strong>Verified</strong>")));
  }

  @Test
  void aRevokedCredentialIsShownAsRevoked() throws SQLException {
    // Given
    String token = issue(CLAIMS);
    var status = credentials.byToken(token).orElseThrow().revocation();
    // When
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "update status_list set bits = set_byte(bits, ?, get_byte(bits, ?) | ?) where id = ?")) {
      statement.setInt(1, status.index() / 8);
      statement.setInt(2, status.index() / 8);
      statement.setInt(3, 0x80 >>> status.index() % 8);
      statement.setObject(4, status.list());
      statement.executeUpdate();
    }
    // Then
    given()
        .accept("text/html")
        .get("/c/" + token)
        .then()
        .statusCode(200)
        .body(containsString("<strong>Revoked</strong>"))
        .body(containsString("Signature: passed"))
        .body(containsString("Status: failed"));
  }

  @Test
  void beforeAndAfterItsTimeACredentialIsNotShownAsVerified() {
    // Given
    String ended = issuing.issue(DIPLOMA, FROM, Instant.parse("2026-06-02T00:00:00Z"), CLAIMS);
    String early = issuing.issue(DIPLOMA, Instant.parse("2098-01-01T00:00:00Z"), UNTIL, CLAIMS);
    // Then
    given()
        .accept("text/html")
        .get("/c/" + ended)
        .then()
        .body(containsString("<strong>Expired</strong>"))
        .body(containsString("Validity: failed"));
    given()
        .accept("text/html")
        .get("/c/" + early)
        .then()
        .body(containsString("<strong>Not yet valid</strong>"))
        .body(containsString("Validity: failed"));
  }

  @Test
  void aCredentialWithoutATemplateHasAPageAndAPlainCertificate() {
    // Given
    String token =
        issuing.issue(MEMBERSHIP, FROM, null, "{\"fullName\":\"王小明\",\"course\":\"Chess\"}");
    // Then
    given()
        .accept("text/html")
        .get("/c/" + token)
        .then()
        .statusCode(200)
        .body(containsString("<strong>Verified</strong>"))
        .body(containsString("Globex &quot;Training&quot; Ltd"))
        .body(containsString("No end"));
    given()
        .get("/c/" + token + ".svg")
        .then()
        .statusCode(200)
        .contentType("image/svg+xml")
        .header("Content-Security-Policy", containsString("sandbox"));
    given().get("/c/" + token + ".pdf").then().statusCode(200).contentType("application/pdf");
  }

  private String issue(String claims) {
    return issuing.issue(DIPLOMA, FROM, UNTIL, claims);
  }

  private void update(String sql, String token) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, credentials.byToken(token).orElseThrow().row().batch().toString());
      assertThat(statement.executeUpdate()).isOne();
    }
  }

  /** As a phone does it: again from further away where the first look gives nothing. */
  private static String scanned(BufferedImage picture) throws Exception {
    try {
      return read(picture, 1);
    } catch (ReaderException e) {
      return read(picture, 0.6);
    }
  }

  private static String read(BufferedImage picture, double scale) throws ReaderException {
    int width = (int) (picture.getWidth() * scale);
    int height = (int) (picture.getHeight() * scale);
    BufferedImage seen = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    seen.getGraphics()
        .drawImage(picture.getScaledInstance(width, height, Image.SCALE_SMOOTH), 0, 0, null);
    int[] pixels = seen.getRGB(0, 0, width, height, null, 0, width);
    return new QRCodeReader()
        .decode(
            new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels))),
            Map.of(com.google.zxing.DecodeHintType.TRY_HARDER, true))
        .getText();
  }
}
