package dev.credmill.batch.validation;

import dev.credmill.batch.Batch;
import dev.credmill.batch.duplicate.RowKeyBlock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Stores chunks while the next ones are read, and looks for duplicates among what is stored: one
 * thread for each, in order. A few chunks and two blocks of keys are under way at most, so memory
 * is bounded.
 */
final class ChunkPipe implements AutoCloseable {
  private static final int MOST_UNDER_WAY = 3;
  private static final int BLOCK = 100_000; // rows
  private static final int RENEW_AFTER = 2; // seconds

  private final ChunkStore store;
  private final Batch batch;
  private final UUID owner;
  private final ExecutorService storing = thread("validation-rows");
  private final ExecutorService looking = thread("validation-duplicates");
  private final Deque<CompletableFuture<Boolean>> underWay = new ArrayDeque<>();
  private RowKeyBlock block;
  private int keyed;
  private boolean broken;
  private CompletableFuture<Boolean> looked = CompletableFuture.completedFuture(true);

  ChunkPipe(ChunkStore store, Batch batch, UUID owner) {
    this.store = store;
    this.batch = batch;
    this.owner = owner;
    this.keyed = batch.keyedNumber;
    this.block = new RowKeyBlock(batch.organizationId());
  }

  /** Takes a chunk; false when the lease is lost and reading on is useless. */
  boolean put(Chunk chunk) {
    underWay.add(step(() -> stored(chunk) && gathered(chunk)));
    return underWay.size() <= MOST_UNDER_WAY || oldestStored();
  }

  /** Waits until everything is stored and looked at; false when the lease was lost. */
  boolean drain(int lastNumber) {
    underWay.add(step(() -> look(lastNumber) && joined(looked)));
    boolean stored = true;
    while (stored && !underWay.isEmpty()) {
      stored = oldestStored();
    }
    return stored;
  }

  boolean renew() {
    return store.renew(batch, owner);
  }

  /** Does something on the storing thread, unless something before it went wrong. */
  private CompletableFuture<Boolean> step(BooleanSupplier work) {
    return CompletableFuture.supplyAsync(
        () -> {
          if (broken) {
            return false;
          }
          broken = true; // until it is known to be well
          broken = !work.getAsBoolean();
          return !broken;
        },
        storing);
  }

  private boolean stored(Chunk chunk) {
    return chunk.stored() || store.store(batch, owner, chunk);
  }

  private boolean gathered(Chunk chunk) {
    chunk.identities().forEach(block::add);
    return block.rows() < BLOCK || look(chunk.lastNumber());
  }

  /** Begins to look at the block, once the one before it is done. */
  private boolean look(int to) {
    if (!joined(looked)) {
      return false;
    }
    RowKeyBlock full = block;
    int from = keyed;
    block = new RowKeyBlock(batch.organizationId());
    keyed = to;
    looked = CompletableFuture.supplyAsync(() -> store.look(batch, owner, from, to, full), looking);
    return true;
  }

  /** Keeps the lease while it waits. */
  private boolean oldestStored() {
    CompletableFuture<Boolean> oldest = underWay.remove();
    while (!ended(oldest)) {
      renew();
    }
    return joined(oldest);
  }

  private static boolean ended(CompletableFuture<?> step) {
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

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }
}
