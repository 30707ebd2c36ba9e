package dev.credmill.batch.validation;

import dev.credmill.batch.Batch;
import dev.credmill.batch.duplicate.RowIdentity;
import dev.credmill.batch.duplicate.RowKeyBlock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Stores chunks while the next ones are read, and looks for duplicates among what is stored. Two
 * chunks are written at once, since one alone would have the database wait for the disk at each of
 * its commits; they are committed in order. A few chunks and blocks of keys are under way at most,
 * so memory is bounded.
 */
final class ChunkPipe implements AutoCloseable {
  private static final int FIRST_RUN = 1;
  private static final int MOST_UNDER_WAY = 3;
  private static final int BLOCK = 100_000; // rows
  private static final int RENEW_AFTER = 2; // seconds

  private final ChunkStore store;
  private final Batch batch;
  private final UUID owner;
  private final ExecutorService storing = threads(2, "validation-rows");
  private final ExecutorService looking = threads(1, "validation-duplicates");
  private final Deque<CompletableFuture<Boolean>> underWay = new ArrayDeque<>();
  private final Queue<RowLines> free = new ConcurrentLinkedQueue<>();
  private RowKeyBlock block;
  private int keyed;
  private CompletableFuture<Boolean> latest = CompletableFuture.completedFuture(true);
  private CompletableFuture<Boolean> looked = CompletableFuture.completedFuture(true);

  ChunkPipe(ChunkStore store, Batch batch, UUID owner) {
    this.store = store;
    this.batch = batch;
    this.owner = owner;
    this.keyed = batch.keyedNumber;
    this.block = new RowKeyBlock(batch.organizationId());
  }

  /** Where the rows of the next chunk are written down. */
  RowLines lines() {
    RowLines used = free.poll();
    return used == null ? new RowLines(batch.batchId(), FIRST_RUN) : used;
  }

  /** Has a row of the next chunk looked at once it is stored. */
  void take(RowIdentity row) {
    block.add(row);
  }

  /** Takes a chunk; false when the lease is lost and reading on is useless. */
  boolean put(Chunk chunk) {
    CompletableFuture<Boolean> before = latest;
    latest = CompletableFuture.supplyAsync(() -> stored(chunk, before), storing);
    underWay.add(latest);
    return (block.rows() < BLOCK || look(chunk.lastNumber()))
        && (underWay.size() <= MOST_UNDER_WAY || ended(underWay.remove()));
  }

  /** Waits until everything is stored and looked at; false when the lease was lost. */
  boolean drain(int lastNumber) {
    boolean well = look(lastNumber);
    while (well && !underWay.isEmpty()) {
      well = ended(underWay.remove());
    }
    return well && ended(looked);
  }

  boolean renew() {
    return store.renew(batch, owner);
  }

  /** Stores a chunk, but no sooner than the one before it, and not if that was not stored. */
  private boolean stored(Chunk chunk, CompletableFuture<Boolean> before) {
    if (chunk.lines() == null) {
      return joined(before);
    }
    boolean stored = store.store(batch, owner, chunk, () -> joined(before));
    chunk.lines().clear();
    free.add(chunk.lines());
    return stored;
  }

  /**
   * Has the block looked at once its rows are stored. No chunk waits for that: it would do so in
   * the middle of its transaction. The reading does, once a second block is full.
   */
  private boolean look(int to) {
    if (!ended(looked)) {
      return false;
    }
    RowKeyBlock full = block;
    int from = keyed;
    block = new RowKeyBlock(batch.organizationId());
    keyed = to;
    looked =
        latest.thenApplyAsync(
            stored -> stored && store.look(batch, owner, from, to, full), looking);
    return true;
  }

  /** Keeps the lease while it waits for the end of a step; whether that is a good one. */
  private boolean ended(CompletableFuture<Boolean> step) {
    while (!isDone(step)) {
      renew();
    }
    return joined(step);
  }

  private static boolean isDone(CompletableFuture<?> step) {
    try {
      step.get(RENEW_AFTER, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true; // joined() tells
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while rows are stored", e);
    }
    return true;
  }

  private static boolean joined(CompletableFuture<Boolean> step) {
    try {
      return step.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /**
   * Lets what runs end. Nothing behind a step that failed is done: its cursor would leave a gap.
   */
  @Override
  public void close() {
    storing.close();
    looking.close();
  }

  private static ExecutorService threads(int many, String name) {
    return Executors.newFixedThreadPool(many, Thread.ofPlatform().daemon().name(name).factory());
  }
}
