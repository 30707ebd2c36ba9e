package dev.credmill.bench.installation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The public REST API, as an integrator calls it. */
public final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST = Duration.ofMinutes(20);
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String url;
  private final String key;

  /**
   * @param key an API key, whose organization the calls are for
   */
  public Api(String url, String key) {
    this.url = url;
    this.key = key;
  }

  /** Uploads a sheet without ever holding it; the id of its batch. */
  public String upload(Path sheet, Map<String, String> fields) {
    return upload(sheet, fields, UUID.randomUUID().toString());
  }

  /**
   * The same, to be repeated with the same key when no answer came: it makes one batch.
   *
   * @throws UncheckedIOException when no answer came
   * @throws Refused when the answer is not 2xx
   */
  public String upload(Path sheet, Map<String, String> fields, String idempotencyKey) {
    return json(send(
            form("/v1/batches", sheet, fields).header("Idempotency-Key", idempotencyKey).build()))
        .path("id")
        .asText();
  }

  /**
   * Uploads corrected rows.
   *
   * @throws UncheckedIOException when no answer came
   * @throws Refused when the answer is not 2xx
   */
  public JsonNode correct(String id, Path sheet) {
    return json(send(form("/v1/batches/" + id + "/corrections", sheet, Map.of()).build()));
  }

  public JsonNode batch(String id) {
    return json("/v1/batches/" + id);
  }

  /** The JSON of a GET. */
  public JsonNode json(String path) {
    return json(get(path));
  }

  /** The body of a GET. */
  public byte[] get(String path) {
    return send(request(path).build());
  }

  /** The body of a POST of JSON. */
  public JsonNode post(String path, String body) {
    return json(
        send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build()));
  }

  /** Looks twenty times a second, as a waiting page would, until the batch has come there. */
  public JsonNode awaitEnd(String id, Predicate<String> end) {
    return await(id, batch -> end.test(batch.path("status").asText()));
  }

  /** The same, by whatever the batch says. */
  public JsonNode await(String id, Predicate<JsonNode> end) {
    long latest = System.nanoTime() + LONGEST.toNanos();
    JsonNode batch = batch(id);
    while (!end.test(batch)) {
      if (System.nanoTime() > latest) {
        throw new IllegalStateException("after %s still %s".formatted(LONGEST, batch));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      batch = batch(id);
    }
    return batch;
  }

  private HttpRequest.Builder form(String path, Path file, Map<String, String> fields) {
    String boundary = "bench-" + UUID.randomUUID();
    return request(path)
        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
        .POST(multipart(boundary, file, fields));
  }

  private static BodyPublisher multipart(String boundary, Path file, Map<String, String> fields) {
    StringBuilder head = new StringBuilder();
    fields.forEach(
        (name, value) ->
            head.append(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(boundary, name, value)));
    head.append(
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            .formatted(boundary, file.getFileName()));
    try {
      return BodyPublishers.concat(
          BodyPublishers.ofString(head.toString()),
          BodyPublishers.ofFile(file),
          BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(LONGEST_ANSWER)
        .header("X-API-Key", key);
  }

  private byte[] send(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() >= 300) {
        throw new Refused(
            response.statusCode(),
            "%s %s: %d %s"
                .formatted(
                    request.method(),
                    request.uri().getPath(),
                    response.statusCode(),
                    new String(response.body(), StandardCharsets.UTF_8)));
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** An answer that is not 2xx. */
  public static final class Refused extends IllegalStateException {
    private static final long serialVersionUID = 1;
    private final int status;

    Refused(int status, String message) {
      super(message);
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
