package dev.credmill.bench;

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The public REST API, as an integrator calls it. */
final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST = Duration.ofMinutes(20);
  private static final String KEY = "acme-issuer-key";
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;

  Api(String url) {
    this.url = url;
  }

  /** Uploads a sheet without ever holding it; the id of its batch. */
  String upload(Path sheet, Map<String, String> fields) {
    String boundary = "bench-" + UUID.randomUUID();
    return send(request("/v1/batches")
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(multipart(boundary, sheet, fields))
            .build())
        .path("id")
        .asText();
  }

  JsonNode batch(String id) {
    return send(request("/v1/batches/" + id).build());
  }

  /** Looks twenty times a second, as a waiting page would, until the batch has come there. */
  JsonNode awaitEnd(String id, Predicate<String> end) {
    long latest = System.nanoTime() + LONGEST.toNanos();
    JsonNode batch = batch(id);
    while (!end.test(batch.path("status").asText())) {
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
    return HttpRequest.newBuilder(URI.create(url + path)).header("X-API-Key", KEY);
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      JsonNode body = JSON.readTree(response.body());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(response.statusCode() + " " + body);
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
