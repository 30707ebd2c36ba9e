package dev.credmill.batch.webhook;

import dev.credmill.batch.BatchConfig;
import dev.credmill.contracts.network.Addresses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;

/**
 * Sends one request, over a connection to an address that was checked, whatever the name of the
 * host stands for by then; the name is what the certificate must be for. Redirects are not
 * followed, and of the answer nothing but its status and its Retry-After is looked at.
 */
@ApplicationScoped
class Post {
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
  private static final int MOST_ADDRESSES = 3;

  /** What comes after the answer's head is let go by, if it is little and comes soon. */
  private static final long MOST_LET_BY = 64 << 10;

  private static final long LONGEST_LET_BY = 5_000; // ms

  /** Shorter than servers keep a connection open: what one closes just then would be broken off. */
  private static final int IDLE_SECONDS = 3;

  private static final int MOST_CONNECTIONS = 64; // to one address

  private final Vertx vertx;
  private final HttpClient client;
  private final Addresses addresses;
  private final RetryAfter retryAfter;
  private final Duration timeout;

  @Inject
  Post(Vertx vertx, WebhookHosts addresses, BatchConfig config, Clock clock) {
    this(
        vertx,
        new HttpClientOptions(),
        addresses,
        new RetryAfter(clock),
        config.webhooks().timeout());
  }

  /** With options of its own, such as other certificates to trust. */
  Post(
      Vertx vertx,
      HttpClientOptions options,
      Addresses addresses,
      RetryAfter retryAfter,
      Duration timeout) {
    this.vertx = vertx;
    this.client =
        vertx.createHttpClient(
            options
                .setMaxPoolSize(MOST_CONNECTIONS)
                .setKeepAliveTimeout(IDLE_SECONDS)
                .setVerifyHost(true));
    this.addresses = addresses;
    this.retryAfter = retryAfter;
    this.timeout = timeout;
  }

  Attempt send(Destination destination, Map<String, String> headers, byte[] body) {
    Deadline deadline = new Deadline(System.nanoTime() + timeout.toNanos());
    List<InetAddress> found;
    try {
      found = addresses.of(destination.host(), deadline.left());
    } catch (UnknownHostException e) {
      return new Attempt.Unanswered(AttemptError.UNKNOWN_HOST);
    } catch (Addresses.Refused e) {
      return new Attempt.Unanswered(AttemptError.ADDRESS_REFUSED);
    }
    for (InetAddress address : found.stream().limit(MOST_ADDRESSES).toList()) {
      Attempt attempt = send(destination, address, headers, body, deadline);
      if (attempt.error() != AttemptError.NOT_CONNECTED) {
        return attempt;
      }
    }
    return new Attempt.Unanswered(AttemptError.NOT_CONNECTED);
  }

  private Attempt send(
      Destination destination,
      InetAddress address,
      Map<String, String> headers,
      byte[] body,
      Deadline deadline) {
    HttpClientRequest request;
    try {
      request = connected(destination, address, headers, deadline);
    } catch (Failed e) {
      return new Attempt.Unanswered(e.why(AttemptError.NOT_CONNECTED));
    }
    try {
      return await(request.send(Buffer.buffer(body)).map(this::answered), deadline);
    } catch (Failed e) {
      request.reset();
      return new Attempt.Unanswered(e.why(AttemptError.BROKEN_OFF));
    }
  }

  private HttpClientRequest connected(
      Destination destination, InetAddress address, Map<String, String> headers, Deadline deadline)
      throws Failed {
    long connect = Math.min(LONGEST_CONNECT.toMillis(), Math.max(1, deadline.left().toMillis()));
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(
                SocketAddress.inetSocketAddress(new InetSocketAddress(address, destination.port())))
            .setHost(destination.host())
            .setPort(destination.port())
            .setSsl(destination.secure())
            .setURI(destination.path())
            .setFollowRedirects(false)
            .setConnectTimeout(connect);
    headers.forEach(options::putHeader);
    Future<HttpClientRequest> connecting = client.request(options);
    try {
      return await(connecting, deadline);
    } catch (Failed e) {
      connecting.onSuccess(HttpClientRequest::reset);
      throw e;
    }
  }

  /** On the thread that reads, so that nothing of the body is missed. */
  private Attempt answered(HttpClientResponse response) {
    Runnable close = () -> response.request().connection().close();
    long timer = vertx.setTimer(LONGEST_LET_BY, _ -> close.run());
    AtomicLong room = new AtomicLong(MOST_LET_BY);
    response.handler(
        piece -> {
          if (room.addAndGet(-piece.length()) < 0) {
            close.run();
          }
        });
    response.exceptionHandler(_ -> vertx.cancelTimer(timer));
    response.endHandler(_ -> vertx.cancelTimer(timer));
    return new Attempt.Answered(
        response.statusCode(), retryAfter.of(response.getHeader("Retry-After")));
  }

  private static <T> T await(Future<T> future, Deadline deadline) throws Failed {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new Failed(e.getCause());
    } catch (TimeoutException e) {
      throw new Failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failed(e);
    }
  }

  /** When an attempt must have come to its end. */
  private record Deadline(long nanos) {
    Duration left() {
      return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
    }
  }

  private static final class Failed extends Exception {
    private static final long serialVersionUID = 1;

    Failed(Throwable cause) {
      super("no answer", cause, false, false);
    }

    AttemptError why(AttemptError otherwise) {
      return switch (getCause()) {
        case TimeoutException _ -> AttemptError.TIMEOUT;
        case SSLException _ -> AttemptError.TLS_FAILED;
        case null, default -> otherwise;
      };
    }
  }
}
