package dev.credmill.registry.definition;

import static dev.credmill.registry.Calls.acmeAdmin;
import static dev.credmill.registry.Calls.acmeIssuer;
import static dev.credmill.registry.Calls.fresh;
import static dev.credmill.registry.Calls.globexAdmin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.credmill.backing.BackingTestResource;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
class CatalogueIT {
  private static final String SVG =
      "<svg xmlns=\\\"http://www.w3.org/2000/svg\\\" viewBox=\\\"0 0 297 210\\\"><text x=\\\"20\\\" y=\\\"90\\\">{{recipientName}}: {{%s}}</text></svg>";

  @Inject
  @DataSource("registry")
  AgroalDataSource database;

  @Test
  void aDefinitionGoesFromSchemaAndTemplateToPublished() {
    // Given
    String id = fresh("way");
    schema(
        id,
        "{\"grade\": {\"type\": \"string\", \"title\": \"Grade\"}, \"Cred_URL\": {\"type\": \"string\"}}");
    template(id, "grade");
    // When
    acmeAdmin()
        .body(
            Map.of(
                "id",
                id,
                "name",
                "Way",
                "schemaId",
                id,
                "certificateTemplateId",
                id,
                "validity",
                "P2Y"))
        .post("/v1/credential-definitions")
        .then()
        .statusCode(201)
        .header("Location", endsWith("/v1/credential-definitions/" + id))
        .body("status", equalTo("DRAFT"))
        .body("version", equalTo(1))
        .body("type", equalTo("WayCredential"))
        .body("formats", equalTo(List.of("vc+jwt")))
        .body("display.title", equalTo("Way"))
        .body("display.locale", equalTo("en"));
    String first =
        acmeAdmin()
            .post("/v1/credential-definitions/" + id + "/publish")
            .then()
            .statusCode(200)
            .body("status", equalTo("PUBLISHED"))
            .extract()
            .asString();
    String second =
        acmeAdmin()
            .post("/v1/credential-definitions/" + id + "/publish")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    // Then
    assertThat(second).isEqualTo(first);
    acmeIssuer().get("/v1/schemas/" + id).then().body("status", equalTo("PUBLISHED"));
    acmeIssuer()
        .get("/v1/certificate-templates/" + id)
        .then()
        .body("status", equalTo("PUBLISHED"))
        .body("placeholders", equalTo(List.of("grade", "recipientName")));
  }

  @Test
  void theTableItselfKeepsWhatIsPublishedAsItIs() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql :
          List.of(
              "update credential_schema set claims = '{}' where id = 'diploma'",
              "update credential_definition set validity = 'P9Y' where id = 'diploma'",
              "update certificate_template set published_at = null where id = 'diploma'",
              "delete from credential_definition where id = 'diploma'")) {
        assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining("never changes");
      }
    }
  }

  @Test
  void anotherOrganizationsThingsAreNotThere() {
    for (String path :
        List.of(
            "/v1/schemas/diploma",
            "/v1/certificate-templates/diploma",
            "/v1/certificate-templates/diploma/preview.png",
            "/v1/certificate-templates/diploma/template.svg",
            "/v1/credential-definitions/diploma",
            "/v1/credential-definitions/diploma/sheet.csv")) {
      globexAdmin()
          .accept("*/*")
          .get(path)
          .then()
          .statusCode(404)
          .contentType("application/problem+json");
    }
    globexAdmin().post("/v1/credential-definitions/diploma/publish").then().statusCode(404);
    globexAdmin()
        .get("/v1/credential-definitions")
        .then()
        .body("items.id", not(hasItem("diploma")));
    globexAdmin()
        .body(Map.of("name", "Theft", "schemaId", "membership"))
        .post("/v1/credential-definitions")
        .then()
        .statusCode(422)
        .body("errors[0].field", equalTo("schemaId"));
  }

  @Test
  void anIdIsTakenOnceAmongAllOrganizations() {
    globexAdmin()
        .body(
            "{\"id\": \"diploma\", \"name\": \"D\", \"claims\": {\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}}}")
        .post("/v1/schemas")
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:credmill:problem:already-exists"));
  }

  @Test
  void withoutAnIdOneIsMadeOfTheName() {
    acmeAdmin()
        .body(
            "{\"name\": \"Prüfung & Co\", \"claims\": {\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}}}")
        .post("/v1/schemas")
        .then()
        .statusCode(201)
        .body("id", startsWith("prufung-co-"));
  }

  @Test
  void aNewVersionNamesTheOlderOne() {
    // Given
    String id = fresh("versioned");
    schema(id, "{\"a\": {\"type\": \"string\"}}");
    acmeAdmin()
        .body(Map.of("id", id, "name", "V", "schemaId", id))
        .post("/v1/credential-definitions")
        .then()
        .statusCode(201);
    // When
    acmeAdmin()
        .body(Map.of("id", id + "-2", "name", "V", "schemaId", id, "supersedes", id))
        .post("/v1/credential-definitions")
        .then()
        // Then
        .statusCode(201)
        .body("version", equalTo(2))
        .body("supersedes", equalTo(id));
    acmeAdmin()
        .body(Map.of("id", id + "-3", "name", "V", "schemaId", id, "supersedes", id))
        .post("/v1/credential-definitions")
        .then()
        .statusCode(201)
        .body("version", equalTo(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"schemaId\": \"none\"} | schemaId",
        "{\"schemaId\": \"diploma\"} | certificateTemplateId is needed",
        "{\"schemaId\": \"membership\", \"certificateTemplateId\": \"diploma\"} | must be left out",
        "{\"schemaId\": \"membership\", \"certificateTemplateId\": \"none\"} | names no template",
        "{\"schemaId\": \"diploma\", \"certificateTemplateId\": \"training-certificate\"} | which is no claim of the schema",
        "{\"schemaId\": \"membership\", \"validity\": \"2 years\"} | ISO 8601",
        "{\"schemaId\": \"membership\", \"formats\": [\"ldp_vc\"]} | vc+jwt",
        "{\"schemaId\": \"membership\", \"formats\": []} | vc+jwt",
        "{\"schemaId\": \"membership\", \"formats\": [\"vc+jwt\", \"vc+jwt\"]} | each once",
        "{\"schemaId\": \"membership\", \"statusPurposes\": [\"suspension\"]} | must be revocation",
        "{\"schemaId\": \"membership\", \"statusPurposes\": [\"refresh\"]} | must be revocation",
        "{\"schemaId\": \"membership\", \"alwaysDisclosed\": [\"fullName\"]} | add dc+sd-jwt",
        "{\"schemaId\": \"membership\", \"formats\": [\"dc+sd-jwt\"], \"alwaysDisclosed\": [\"none\"]} | must name claims",
        "{\"schemaId\": \"membership\", \"description\": \"d\", \"openBadge\": {\"criteria\": \"c\", \"achievementType\": \"Medal\"}} | a type of Open Badges 3.0",
        "{\"schemaId\": \"membership\", \"description\": \"d\", \"openBadge\": {\"criteria\": \"c\", \"image\": \"http://x.example/b.png\"}} | https://",
        "{\"schemaId\": \"membership\", \"openBadge\": {\"criteria\": \"c\"}} | describes its achievement",
        "{\"schemaId\": \"membership\", \"description\": \"d\", \"type\": \"AchievementSubject\", \"openBadge\": {\"criteria\": \"c\"}} | a term of Open Badges",
        "{\"schemaId\": \"membership\", \"type\": \"VerifiableCredential\"} | belongs to the W3C context",
        "{\"schemaId\": \"membership\", \"supersedes\": \"globex-membership\"} | names no definition of yours",
        "{\"schemaId\": \"membership\", \"display\": {\"locale\": \"x_y_z_!\"}} | BCP 47"
      })
  void aDefinitionThatDoesNotFitSaysWhy(String members, String says) {
    acmeAdmin()
        .body("{\"name\": \"Misfit\", " + members.substring(1))
        .post("/v1/credential-definitions")
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:credmill:problem:definition-invalid"))
        .body(containsString(says));
  }

  @Test
  void aDefinitionSaysInWhichFormsAndWithWhichStatusesItIsIssued() {
    // Given
    String id = fresh("forms");
    schema(id, "{\"a\": {\"type\": \"string\"}, \"b\": {\"type\": \"string\"}}");
    // When
    acmeAdmin()
        .body(
            Map.of(
                "id",
                id,
                "name",
                "Forms",
                "schemaId",
                id,
                "formats",
                List.of("dc+sd-jwt", "eddsa-rdfc-2022"),
                "alwaysDisclosed",
                List.of("b")))
        .post("/v1/credential-definitions")
        .then()
        // Then
        .statusCode(201)
        .body("formats", equalTo(List.of("dc+sd-jwt", "eddsa-rdfc-2022")))
        .body("statusPurposes", equalTo(List.of("revocation", "suspension")))
        .body("alwaysDisclosed", equalTo(List.of("b")));
  }

  @Test
  void aSchemaThatNoOpenBadgeCanBeMadeOfIsRefused() {
    // Given
    String id = fresh("nobadge");
    schema(id, "{\"role\": {\"type\": \"string\"}}");
    // When
    acmeAdmin()
        .body(
            Map.of(
                "name",
                "No Badge",
                "description",
                "d",
                "schemaId",
                id,
                "openBadge",
                Map.of("criteria", "c")))
        .post("/v1/credential-definitions")
        .then()
        // Then
        .statusCode(422)
        .body(containsString("the claim role, which is a term of Open Badges"))
        .body(containsString("the required claim fullName"));
  }

  @Test
  void aNumberWithFractionsIsNotProvedOverRdf() {
    // Given
    String id = fresh("number");
    schema(id, "{\"average\": {\"type\": \"number\"}}");
    Map<String, Object> body = Map.of("name", "N", "schemaId", id);
    for (String format : List.of("eddsa-rdfc-2022", "eddsa-jcs-2022")) {
      // When
      Map<String, Object> withFormat = new HashMap<>(body);
      withFormat.put("formats", List.of("vc+jwt", format));
      var answer = acmeAdmin().body(withFormat).post("/v1/credential-definitions").then();
      // Then
      if (format.equals("eddsa-jcs-2022")) {
        answer.statusCode(201);
      } else {
        answer.statusCode(422).body(containsString("average of the schema is a number"));
      }
    }
  }

  @Test
  void anOpenBadgeIsADefinition() {
    acmeIssuer()
        .get("/v1/credential-definitions/open-badge")
        .then()
        .statusCode(200)
        .body("openBadge.achievementType", equalTo("Badge"))
        .body("openBadge.criteria", startsWith("Complete the course"));
    acmeIssuer()
        .get("/v1/credential-definitions/membership")
        .then()
        .body("openBadge", equalTo(null));
  }

  @Test
  void theCatalogueIsSearchedInAnyCaseAndTakesSignsLiterally() {
    acmeIssuer()
        .get("/v1/credential-definitions?q=DIPLO")
        .then()
        .body("items.id", hasItem("diploma"));
    acmeIssuer()
        .get("/v1/credential-definitions?q=diplo")
        .then()
        .body("items.id", not(hasItem("membership")));
    acmeIssuer()
        .queryParam("q", "%")
        .get("/v1/credential-definitions")
        .then()
        .statusCode(200)
        .body("items.size()", equalTo(0));
    acmeIssuer()
        .queryParam("q", "'; drop table credential_definition; --\\")
        .get("/v1/credential-definitions")
        .then()
        .statusCode(200)
        .body("items.size()", equalTo(0));
  }

  @Test
  void aListIsReadPageByPageWithoutGapOrDouble() {
    // Given
    List<String> all = acmeAdmin().get("/v1/schemas?limit=200").jsonPath().getList("items.id");
    // When
    List<String> read = new ArrayList<>();
    String cursor = "";
    do {
      JsonPath page = acmeAdmin().get("/v1/schemas?limit=2&cursor=" + cursor).jsonPath();
      read.addAll(page.getList("items.id"));
      cursor = page.getString("next");
    } while (cursor != null);
    // Then
    assertThat(read).isEqualTo(all);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=-1",
        "limit=0",
        "limit=201",
        "limit=x",
        "limit=99999999999",
        "cursor=x",
        "cursor=AAAA",
        "q=%00"
      })
  void aParameterThatIsNotAcceptedSaysWhatIs(String query) {
    acmeAdmin()
        .urlEncodingEnabled(false)
        .get("/v1/credential-definitions?" + query)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("detail", notNullValue());
  }

  @Test
  void issuersReadAndAdminsWrite() {
    acmeIssuer().get("/v1/schemas").then().statusCode(200);
    for (String path :
        List.of("/v1/schemas", "/v1/certificate-templates", "/v1/credential-definitions")) {
      acmeIssuer().body("{}").post(path).then().statusCode(403);
    }
    acmeIssuer().post("/v1/credential-definitions/diploma/publish").then().statusCode(403);
    acmeIssuer().get("/v1/organizations").then().statusCode(403);
    acmeAdmin()
        .body(Map.of("id", "x", "name", "X"))
        .post("/v1/organizations")
        .then()
        .statusCode(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": \"x\"}",
        "{\"name\": \"\", \"claims\": {}}",
        "{\"name\": \"a\\u0000b\", \"claims\": {}}",
        "{\"name\": \"a\\r\\nBcc: x\", \"claims\": {}}",
        "{\"id\": \"Not A Slug\", \"name\": \"x\", \"claims\": {\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}}}",
        "{\"id\": \"../x\", \"name\": \"x\", \"claims\": {\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}}}",
        "{\"name\": \"x\", \"claims\": {}, \"published\": true}"
      })
  void aSchemaThatIsNotWellFormedIsRefused(String body) {
    acmeAdmin()
        .body(body)
        .post("/v1/schemas")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  @Test
  void hostileDepthIsRefused() {
    acmeAdmin()
        .body(
            "{\"name\": \"deep\", \"claims\": " + "{\"a\":".repeat(1_500) + "1" + "}".repeat(1_501))
        .post("/v1/schemas")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
    acmeAdmin()
        .body("{\"name\": \"deep\", \"claims\": " + "{\"a\":".repeat(500) + "1" + "}".repeat(501))
        .post("/v1/schemas")
        .then()
        .statusCode(422);
  }

  private static void schema(String id, String properties) {
    acmeAdmin()
        .body(
            "{\"id\": \""
                + id
                + "\", \"name\": \"S\", \"claims\": {\"type\": \"object\", \"properties\": "
                + properties
                + "}}")
        .post("/v1/schemas")
        .then()
        .statusCode(201);
  }

  private static void template(String id, String placeholder) {
    Map<String, Object> body = new HashMap<>();
    body.put("id", id);
    body.put("name", "T");
    body.put("svg", SVG.formatted(placeholder).replace("\\", ""));
    body.put("sampleValues", Map.of(placeholder, "Sample"));
    acmeAdmin().body(body).post("/v1/certificate-templates").then().statusCode(201);
  }
}
