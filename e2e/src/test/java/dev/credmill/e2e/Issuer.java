package dev.credmill.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** An issuer's program: it knows the REST API and its key. */
final class Issuer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 200;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final String url;
  private final String key;

  Issuer(String url, String key) {
    this.url = url;
    this.key = key;
  }

  /** Uploads a sheet to be issued at once; gives the batch's id. */
  String issue(String definition, String sheet, String... media) {
    String boundary = "e2e-" + UUID.randomUUID();
    StringBuilder body = new StringBuilder();
    field(body, boundary, "definitionId", definition);
    field(body, boundary, "mode", "ISSUE");
    for (String medium : media) {
      field(body, boundary, "medium", medium);
    }
    body.append("--").append(boundary).append("\r\n");
    body.append("Content-Disposition: form-data; name=\"file\"; filename=\"sheet.csv\"\r\n");
    body.append("Content-Type: text/csv\r\n\r\n").append(sheet);
    body.append("\r\n--").append(boundary).append("--\r\n");
    HttpResponse<byte[]> response =
        send(
            request("/v1/batches")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
    assertThat(response.statusCode()).as(text(response)).isEqualTo(202);
    return json(response).path("id").asText();
  }

  private static void field(StringBuilder body, String boundary, String name, String value) {
    body.append("--").append(boundary).append("\r\n");
    body.append("Content-Disposition: form-data; name=\"").append(name).append("\"\r\n\r\n");
    body.append(value).append("\r\n");
  }

  JsonNode batch(String id) {
    return get("/v1/batches/" + id);
  }

  /** Waits until every row has its credential and, where media were asked for, its message. */
  JsonNode awaitSettled(String id, String medium, Duration atMost) {
    AtomicReference<JsonNode> last = new AtomicReference<>();
    await("batch " + id)
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(200))
        .conditionEvaluationListener(
            new org.awaitility.core.ConditionEvaluationListener<Object>() {
              @Override
              public void conditionEvaluated(
                  org.awaitility.core.EvaluatedCondition<Object> condition) {}

              @Override
              public void onTimeout(org.awaitility.core.TimeoutEvent timeout) {
                throw new AssertionError("batch does not settle: " + last.get());
              }
            })
        .until(
            () -> {
              JsonNode batch = batch(id);
              last.set(batch);
              return switch (batch.path("status").asText()) {
                case "COMPLETED" -> medium == null || sent(batch, medium);
                case "REJECTED", "NEEDS_FIXES", "CANCELLED", "COMPLETED_WITH_ERRORS" ->
                    throw new AssertionError("batch ended otherwise: " + batch);
                default -> false;
              };
            });
    return last.get();
  }

  private static boolean sent(JsonNode batch, String medium) {
    JsonNode delivery = batch.path("delivery").path(medium);
    assertThat(delivery.path("failed").asInt()).as("failed messages in " + batch).isZero();
    return delivery.path("sent").asInt() + delivery.path("delivered").asInt()
        == batch.path("counts").path("total").asInt();
  }

  /** Every row of a batch, page by page. */
  List<JsonNode> rows(String id) {
    return pages("/v1/batches/" + id + "/rows?limit=" + PAGE);
  }

  List<JsonNode> batches() {
    return pages("/v1/batches?limit=" + PAGE);
  }

  private List<JsonNode> pages(String path) {
    List<JsonNode> items = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonNode page = get(path + cursor);
      page.path("items").forEach(items::add);
      cursor =
          page.hasNonNull("next")
              ? "&cursor="
                  + java.net.URLEncoder.encode(page.path("next").asText(), StandardCharsets.UTF_8)
              : null;
    }
    return items;
  }

  /** Revokes what a batch has issued; the change when it is done and published. */
  JsonNode revoke(String batch) {
    HttpResponse<byte[]> response =
        send(request("/v1/batches/" + batch + "/revoke").POST(BodyPublishers.noBody()).build());
    assertThat(response.statusCode()).as(text(response)).isEqualTo(202);
    JsonNode change = get("/v1/revocations/" + json(response).path("id").asText() + "?wait=60");
    assertThat(change.hasNonNull("finishedAt")).as(change.toString()).isTrue();
    return change;
  }

  /** Replaces a credential by one with other cells; the batch of the new one. */
  String replace(String credentialId, String cells) {
    HttpResponse<byte[]> response =
        send(
            request("/v1/credentials/" + credentialId + "/replace")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"cells\": %s}".formatted(cells)))
                .build());
    assertThat(response.statusCode()).as(text(response)).isEqualTo(202);
    return json(response).path("id").asText();
  }

  JsonNode get(String path) {
    HttpResponse<byte[]> response = fetch(path);
    assertThat(response.statusCode()).as(path + ": " + text(response)).isEqualTo(200);
    return json(response);
  }

  HttpResponse<byte[]> fetch(String path) {
    return send(request(path).GET().build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : url + path))
        .header("X-API-Key", key)
        .timeout(Duration.ofMinutes(5));
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private static JsonNode json(HttpResponse<byte[]> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
