package dev.credmill.batch.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.batch.Api;
import dev.credmill.batch.CatalogueTestResource;
import dev.credmill.batch.webhook.Hooks.Hook;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls by which an organization says where it wants to hear of what happens. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
class WebhookIT {
  @Inject
  @DataSource("batch")
  AgroalDataSource database;

  @Inject ScriptedNames names;
  private final Receiver receiver = new Receiver();
  private final Hooks hooks = new Hooks();

  @AfterEach
  void close() {
    hooks.close();
    receiver.close();
  }

  @Test
  void aWebhookIsMadeListedChangedAndDeleted() {
    // Given
    Hook hook = hooks.make(receiver.url(), "batch.ready", "row.issued", "batch.ready");
    Hook next = hooks.make(receiver.url(), "batch.ready");
    // When
    hook.change("{\"description\": \"student records\", \"eventTypes\": [\"row.delivered\"]}")
        .statusCode(200)
        .body("eventTypes", equalTo(java.util.List.of("row.delivered")))
        .body("description", equalTo("student records"))
        .body("url", equalTo(receiver.url()));
    JsonPath list = Api.ACME.get("/v1/webhooks?limit=1");
    JsonPath rest = Api.ACME.get("/v1/webhooks?limit=1&cursor=" + list.getString("next"));
    Api.ACME.request().delete(next.path()).then().statusCode(204);
    // Then
    assertThat(hook.get().getString("status")).isEqualTo("ENABLED");
    assertThat(list.getString("items[0].id")).isEqualTo(hook.id());
    assertThat(list.<String, Object>getMap("items[0]")).doesNotContainKey("secret");
    assertThat(rest.getString("items[0].id")).isEqualTo(next.id());
    assertThat(rest.getString("next")).isNull();
    Api.ACME.request().get(next.path()).then().statusCode(404);
  }

  @Test
  void theSecretIsShownToAdminsAndNotToBeSeenInTheDatabase() throws SQLException {
    // Given
    Hook hook = hooks.make(receiver.url(), "batch.ready");
    // When
    JsonPath shown = Api.ACME.get(hook.path() + "/secret");
    // Then
    assertThat(shown.getString("secret")).isEqualTo(hook.secret()).matches("whsec_[\\w+/]{43}=");
    assertThat(shown.getString("oldSecretUntil")).isNull();
    byte[] secret = Base64.getDecoder().decode(hook.secret().substring(6));
    assertThat(stored(hook))
        .doesNotContain(new String(secret, StandardCharsets.ISO_8859_1))
        .hasSize(12 + 32 + 16);
  }

  @Test
  void nobodyElseSeesOrTouchesAWebhook() {
    // Given
    Hook hook = hooks.make(receiver.url(), "batch.ready");
    String message = hook.test();
    String[] reads = {"", "/secret", "/deliveries", "/deliveries/" + message};
    String[] commands = {
      "/secret",
      "/test",
      "/redeliver?since=2026-01-01T00:00:00Z",
      "/deliveries/" + message + "/redeliver"
    };
    // When, Then
    for (String read : reads) {
      Api.GLOBEX.request().get(hook.path() + read).then().statusCode(404);
      Api.ISSUER.request().get(hook.path() + read).then().statusCode(403);
    }
    for (String command : commands) {
      Api.GLOBEX.request().post(hook.path() + command).then().statusCode(404);
      Api.ISSUER.request().post(hook.path() + command).then().statusCode(403);
    }
    Api.GLOBEX.request().delete(hook.path()).then().statusCode(404);
    new Hook(Api.GLOBEX, hook.id(), "").change("{\"status\": \"DISABLED\"}").statusCode(404);
    Hooks.create(Api.ISSUER, receiver.url(), "batch.ready").statusCode(403);
    Api.ISSUER.request().get("/v1/webhooks").then().statusCode(403);
    RestAssured.given().get("/v1/webhooks").then().statusCode(401);
    assertThat(Api.GLOBEX.get("/v1/webhooks").getList("items")).isEmpty();
    assertThat(hook.get().getString("status")).isEqualTo("ENABLED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://example.org/",
        "example.org/hook",
        "https://",
        "https:///hook",
        "https://user:secret@example.org/",
        "https://example.org/#part",
        "https://example.org:99999/",
        "https://exa mple.org/",
        "https://m\u00fcller.example/",
        "https://127.2/"
      })
  void whatIsNoAddressIsRefused(String url) {
    Hooks.create(Api.ACME, url, "batch.ready")
        .statusCode(422)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:credmill:problem:webhook-invalid"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.2/",
        "http://2130706434/",
        "http://0.0.0.0/",
        "http://10.1.2.3/",
        "http://172.31.255.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:10.0.0.1]/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "http://[ff02::1]/",
        "http://[64:ff9b::a00:1]/",
        "http://[2002:a00:1::]/",
        "http://localhost:1/",
        "http://inner.test/",
        "http://double.test/",
        "http://no-such-name.invalid/"
      })
  void anAddressThatIsNotPublicIsRefused(String url) {
    // Given
    names.set("inner.test", "10.0.0.7");
    names.set("double.test", "93.184.215.14", "10.0.0.7");
    names.set("localhost", "127.0.0.2");
    // When, Then
    Hooks.create(Api.ACME, url, "batch.ready")
        .statusCode(422)
        .body("type", equalTo("urn:credmill:problem:webhook-address-refused"));
  }

  @Test
  void anAddressThatIsNotPublicIsRefusedOfAChangeToo() {
    // Given
    Hook hook = hooks.make(receiver.url(), "batch.ready");
    // When
    hook.change("{\"url\": \"http://10.0.0.1/\"}")
        .statusCode(422)
        .body("type", equalTo("urn:credmill:problem:webhook-address-refused"));
    // Then
    assertThat(hook.get().getString("url")).isEqualTo(receiver.url());
  }

  @Test
  void whatIsNoWebhookIsRefusedWithASentence() {
    Hooks.create(Api.ACME, receiver.url(), "batch.gone")
        .statusCode(422)
        .body("detail", containsString("row.delivery_failed"));
    Hooks.create(Api.ACME, receiver.url(), "webhook.test").statusCode(422);
    refused("{\"url\": \"" + receiver.url() + "\", \"eventTypes\": []}", 422);
    refused("{\"url\": \"" + receiver.url() + "\"}", 422);
    refused("{\"eventTypes\": [\"batch.ready\"]}", 422);
    refused("{\"url\": 7}", 422);
    refused("{\"colour\": \"blue\"}", 400);
    refused("{", 400);
    refused("", 400);
    refused("[]", 400);
    refused("{\"eventTypes\": \"batch.ready\"}", 400);
    refused(
        "{\"url\": \"%s\", \"eventTypes\": [\"batch.ready\"], \"description\": \"%s\"}"
            .formatted(receiver.url(), "x".repeat(201)),
        422);
    Hook hook = hooks.make(receiver.url(), "batch.ready");
    hook.change("{\"status\": \"ASLEEP\"}").statusCode(422);
    hook.change("{\"eventTypes\": [null]}").statusCode(422);
    problem(hook.path() + "/deliveries?status=LOST", "invalid-parameter");
    problem(hook.path() + "/deliveries?cursor=x", "invalid-parameter");
    problem(hook.path() + "/deliveries?limit=0", "invalid-parameter");
    problem("/v1/webhooks?cursor=x", "invalid-parameter");
    problem("/v1/webhooks/x", "not-found");
    problem("/v1/webhooks/" + UUID.randomUUID(), "not-found");
    problem(hook.path() + "/deliveries/x", "not-found");
    for (String call :
        new String[] {"/redeliver", "/redeliver?since=yesterday", "/secret?overlap=P8D"}) {
      Api.ACME.request().post(hook.path() + call).then().statusCode(400);
    }
  }

  private static void refused(String body, int status) {
    Api.ACME
        .request()
        .contentType(ContentType.JSON)
        .body(body)
        .post("/v1/webhooks")
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("type", startsWith("urn:credmill:problem:"))
        .body("detail", not(nullValue()));
  }

  private static void problem(String path, String type) {
    Api.ACME
        .request()
        .get(path)
        .then()
        .contentType("application/problem+json")
        .body("type", equalTo("urn:credmill:problem:" + type));
  }

  @Test
  void anOrganizationHasSoManyAtMost() {
    // Given
    for (int i = 0; i < 10; i++) {
      hooks.make(receiver.url(), "batch.ready");
    }
    // When, Then
    Hooks.create(Api.ACME, receiver.url(), "batch.ready")
        .statusCode(409)
        .body("detail", containsString("at most 10"));
    hooks.make(Api.GLOBEX, receiver.url(), "batch.ready");
  }

  @Test
  void theLogIsGivenInPartsAndByStatus() {
    // Given
    Hook hook = hooks.make(receiver.url(), "batch.ready");
    String first = hook.test();
    hook.until(first, "DELIVERED");
    receiver.answers(500);
    String second = hook.test();
    hook.until(second, d -> !d.getList("attempts").isEmpty());
    // When
    JsonPath newest = Api.ACME.get(hook.path() + "/deliveries?limit=1");
    JsonPath older =
        Api.ACME.get(hook.path() + "/deliveries?limit=1&cursor=" + newest.getString("next"));
    JsonPath pending = Api.ACME.get(hook.path() + "/deliveries?status=PENDING");
    // Then
    assertThat(newest.getString("items[0].id")).isEqualTo(second);
    assertThat(older.getString("items[0].id")).isEqualTo(first);
    assertThat(older.getString("next")).isNull();
    assertThat(pending.getList("items.id")).containsExactly(second);
    assertThat(pending.getString("items[0].type")).isEqualTo("webhook.test");
    assertThat(pending.getString("items[0].nextAttemptAt")).isNotNull();
  }

  @Test
  void whatWaitsIsGivenUpWhereAWebhookIsSwitchedOff() {
    // Given
    receiver.answers(500);
    Hook hook = hooks.make(receiver.url(), "batch.ready");
    String message = hook.test();
    hook.until(message, d -> !d.getList("attempts").isEmpty());
    // When
    hook.change("{\"status\": \"DISABLED\"}")
        .statusCode(200)
        .body("disabled.reason", equalTo("SWITCHED_OFF"));
    // Then
    assertThat(hook.delivery(message).getString("status")).isEqualTo("FAILED");
    hook.change("{\"status\": \"ENABLED\"}").statusCode(200).body("$", not(hasKey("disabled")));
  }

  @Test
  void metricsAndLogsNameNoReceiver() {
    // Given
    String host = "receiver-of-secrets.test";
    names.set(host, "127.0.0.1");
    Hook hook = hooks.make(receiver.url(host), "batch.ready");
    // When
    hook.until(hook.test(), "DELIVERED");
    // Then
    String metrics = RestAssured.given().get("/q/metrics").asString();
    assertThat(metrics)
        .contains("credmill_webhook_attempts_seconds_count{result=\"delivered\"}")
        .doesNotContain(host, "tenant=7", "/hook");
  }

  private String stored(Hook hook) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select wrapped from webhook_secret where webhook_id = '" + hook.id() + "'")) {
      row.next();
      return new String(row.getBytes(1), StandardCharsets.ISO_8859_1);
    }
  }
}
