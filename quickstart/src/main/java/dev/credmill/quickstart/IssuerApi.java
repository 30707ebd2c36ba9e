package dev.credmill.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The public REST API as any issuer's program would call it. */
final class IssuerApi implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final String url;
  private final String key;

  IssuerApi(String url, String key) {
    this.url = url;
    this.key = key;
  }

  /** The API said no. */
  static final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int status;

    Problem(int status, String message) {
      super(message);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /** Uploads a sheet; the fields may repeat a name. */
  JsonNode upload(Path file, List<Map.Entry<String, String>> fields) {
    String boundary = "credmill-" + UUID.randomUUID();
    HttpRequest request =
        request("/v1/batches")
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(multipart(boundary, file, fields))
            .build();
    return send(request);
  }

  JsonNode get(String path) {
    return send(request(path).GET().build());
  }

  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .header("X-API-Key", key)
        .header("Accept", "application/json")
        .timeout(PATIENCE);
  }

  private static BodyPublisher multipart(
      String boundary, Path file, List<Map.Entry<String, String>> fields) {
    List<BodyPublisher> parts = new ArrayList<>();
    for (Map.Entry<String, String> field : fields) {
      parts.add(
          BodyPublishers.ofString(
              "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                  .formatted(boundary, field.getKey(), field.getValue())));
    }
    // A quote or a line break in a file's name must not end the header (RFC 7578, 4.2).
    String name = file.getFileName().toString().replaceAll("[\"\\p{Cntrl}]", "_");
    try {
      parts.add(
          BodyPublishers.ofString(
              "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                  .formatted(boundary, name)));
      parts.add(BodyPublishers.ofFile(file));
    } catch (FileNotFoundException e) {
      throw new UncheckedIOException(e);
    }
    parts.add(BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
    return BodyPublishers.concat(parts.toArray(BodyPublisher[]::new));
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<String> response =
          http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (response.statusCode() >= 400) {
        throw problem(response);
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Problem problem(HttpResponse<String> response) {
    try {
      return new Problem(response.statusCode(), text(JSON.readTree(response.body())));
    } catch (IOException e) {
      return new Problem(response.statusCode(), "HTTP status " + response.statusCode());
    }
  }

  /** A problem (RFC 9457) as lines of text. */
  static String text(JsonNode problem) {
    StringBuilder text = new StringBuilder(problem.path("title").asText("Not accepted"));
    if (problem.hasNonNull("detail")) {
      text.append(": ").append(problem.path("detail").asText());
    }
    for (JsonNode fault : problem.path("errors")) {
      text.append("\n  ");
      if (fault.hasNonNull("field")) {
        text.append(fault.path("field").asText()).append(": ");
      }
      text.append(fault.path("message").asText());
    }
    return text.toString();
  }

  @Override
  public void close() {
    http.close();
  }
}
