package dev.credmill.contracts.network;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * From names of hosts to their addresses, as the system knows them. Its look-up knows no limit of
 * time, cannot be ended and holds its thread; so there are threads for that alone, one for a name
 * however many ask for it, and who finds them all taken is told so at once.
 */
@ApplicationScoped
public class Names {
  private static final int MOST_AT_ONCE = 128;
  private static final long LONGEST_REST = 30; // seconds

  /** Asks the system. */
  interface Lookup {
    InetAddress[] of(String host) throws UnknownHostException;
  }

  private final Lookup lookup;
  private final ExecutorService threads;
  private final Map<String, FutureTask<List<InetAddress>>> underWay = new ConcurrentHashMap<>();

  public Names() {
    this(InetAddress::getAllByName, MOST_AT_ONCE);
  }

  Names(Lookup lookup, int mostAtOnce) {
    this.lookup = lookup;
    this.threads =
        new ThreadPoolExecutor(
            0,
            mostAtOnce,
            LONGEST_REST,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("names-", 1).factory());
  }

  /**
   * Every address of a host.
   *
   * @throws UnknownHostException when it has none, or none was found in time
   */
  public List<InetAddress> of(String host, Duration longest) throws UnknownHostException {
    try {
      return found(host.toLowerCase(Locale.ROOT)).get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new UnknownHostException("no address");
    } catch (RejectedExecutionException | CancellationException e) {
      throw new UnknownHostException("too many names are looked up");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnknownHostException("interrupted");
    }
  }

  private FutureTask<List<InetAddress>> found(String host) {
    FutureTask<List<InetAddress>> mine = new FutureTask<>(() -> List.of(lookup.of(host)));
    FutureTask<List<InetAddress>> anothers = underWay.putIfAbsent(host, mine);
    if (anothers != null) {
      return anothers;
    }
    try {
      threads.execute(
          () -> {
            mine.run();
            underWay.remove(host);
          });
    } catch (RejectedExecutionException e) {
      underWay.remove(host);
      // Somebody may wait for it already.
      mine.cancel(false);
      throw e;
    }
    return mine;
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }
}
