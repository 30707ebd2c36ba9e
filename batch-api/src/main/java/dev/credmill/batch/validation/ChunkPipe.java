package dev.credmill.batch.validation;

import dev.credmill.batch.Batch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stores chunks while the next ones are read: one thread looks for duplicates, one stores rows,
 * each a chunk at a time and in order. A few chunks are under way at most, so memory is bounded.
 */
final class ChunkPipe implements AutoCloseable {
  private static final int MOST_UNDER_WAY = 3;

  private final ChunkStore store;
  private final Batch batch;
  private final UUID owner;
  private final ExecutorService judging = thread("validation-duplicates");
  private final ExecutorService storing = thread("validation-rows");
  private final Deque<CompletableFuture<Boolean>> underWay = new ArrayDeque<>();

  ChunkPipe(ChunkStore store, Batch batch, UUID owner) {
    this.store = store;
    this.batch = batch;
    this.owner = owner;
  }

  /** Takes a chunk; false when the lease is lost and reading on is useless. */
  boolean put(Chunk chunk) {
    underWay.add(
        CompletableFuture.supplyAsync(() -> store.judge(batch, chunk), judging)
            .thenApplyAsync(judged -> store.store(batch, owner, chunk, judged), storing));
    return underWay.size() <= MOST_UNDER_WAY || oldestStored();
  }

  /** Waits until everything is stored; false when the lease was lost. */
  boolean drain() {
    boolean stored = true;
    while (stored && !underWay.isEmpty()) {
      stored = oldestStored();
    }
    return stored;
  }

  boolean renew() {
    return store.renew(batch, owner);
  }

  private boolean oldestStored() {
    try {
      return underWay.remove().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /**
   * Lets what runs end: a chunk behind one that failed finds the cursor elsewhere and stores
   * nothing.
   */
  @Override
  public void close() {
    judging.close();
    storing.close();
  }

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }
}
