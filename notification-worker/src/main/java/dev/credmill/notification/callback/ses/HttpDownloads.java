package dev.credmill.notification.callback.ses;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** By HTTP: a little, quickly, few at once, and nowhere else than it was told. */
@ApplicationScoped
class HttpDownloads implements Downloads {
  private static final int LARGEST = 64 * 1024;
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(3);
  private static final long LONGEST_SECONDS = 8;
  private static final int AT_ONCE = 4;

  private final Semaphore places = new Semaphore(AT_ONCE);
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(LONGEST_CONNECT)
          .build();

  @Override
  public byte[] get(URI address) throws IOException {
    if (!places.tryAcquire()) {
      throw new Busy();
    }
    try {
      return fetch(HttpRequest.newBuilder(address).GET().build());
    } finally {
      places.release();
    }
  }

  private byte[] fetch(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
    try {
      // With the body: a timeout of the request would end with its header.
      HttpResponse<byte[]> response = exchange.get(LONGEST_SECONDS, TimeUnit.SECONDS);
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      return response.body();
    } catch (ExecutionException e) {
      throw new IOException("no answer", e.getCause());
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw new IOException("no answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
