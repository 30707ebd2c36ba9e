package dev.credmill.batch.webhook;

import static org.awaitility.Awaitility.await;

import dev.credmill.batch.Api;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Webhooks that a test has made, which go with it. */
final class Hooks implements AutoCloseable {
  private final List<Hook> made = new ArrayList<>();

  /** A webhook and its first secret. */
  record Hook(Api api, String id, String secret) {
    String path() {
      return "/v1/webhooks/" + id;
    }

    JsonPath get() {
      return api.get(path());
    }

    JsonPath delivery(String message) {
      return api.get(path() + "/deliveries/" + message);
    }

    JsonPath until(String message, String status) {
      return until(message, delivery -> status.equals(delivery.getString("status")));
    }

    JsonPath until(String message, Predicate<JsonPath> condition) {
      return await().atMost(Duration.ofSeconds(30)).until(() -> delivery(message), condition);
    }

    String test() {
      return api.request().post(path() + "/test").then().statusCode(202).extract().path("id");
    }

    ValidatableResponse change(String body) {
      return api.request().contentType(ContentType.JSON).body(body).patch(path()).then();
    }

    void redeliver(String message) {
      api.request().post(path() + "/deliveries/" + message + "/redeliver").then().statusCode(202);
    }
  }

  static ValidatableResponse create(Api api, String url, String... types) {
    return api.request()
        .contentType(ContentType.JSON)
        .body(
            "{\"url\": \"%s\", \"eventTypes\": [\"%s\"]}"
                .formatted(url, String.join("\", \"", types)))
        .post("/v1/webhooks")
        .then();
  }

  Hook make(String url, String... types) {
    return make(Api.ACME, url, types);
  }

  Hook make(Api api, String url, String... types) {
    JsonPath answer = create(api, url, types).statusCode(201).extract().jsonPath();
    Hook hook = new Hook(api, answer.getString("id"), answer.getString("secret"));
    made.add(hook);
    return hook;
  }

  @Override
  public void close() {
    made.forEach(hook -> hook.api().request().delete(hook.path()));
  }
}
