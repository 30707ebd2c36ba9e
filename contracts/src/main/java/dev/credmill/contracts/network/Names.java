package dev.credmill.contracts.network;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * From names of hosts to their addresses, as the system knows them. Its look-up knows no limit of
 * time and holds the thread that waits for it, so it has threads of its own.
 */
@ApplicationScoped
public class Names {
  private static final int THREADS = 8;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS, Thread.ofPlatform().daemon().name("names-", 1).factory());

  /**
   * Every address of a host.
   *
   * @throws UnknownHostException when it has none, or none was found in time
   */
  public List<InetAddress> of(String host, Duration longest) throws UnknownHostException {
    Future<InetAddress[]> found = threads.submit(() -> InetAddress.getAllByName(host));
    try {
      return List.of(found.get(longest.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException e) {
      throw new UnknownHostException("no address");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnknownHostException("interrupted");
    } finally {
      found.cancel(true);
    }
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }
}
