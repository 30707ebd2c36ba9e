package dev.credmill.batch.validation;

import dev.credmill.batch.Batch;
import dev.credmill.batch.duplicate.RowKeyBlock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stores chunks while the next ones are read, and looks for duplicates among what is stored: one
 * thread for each, in order. A few chunks and two blocks of keys are under way at most, so memory
 * is bounded.
 */
final class ChunkPipe implements AutoCloseable {
  private static final int MOST_UNDER_WAY = 3;
  private static final int BLOCK = 50_000; // rows

  private final ChunkStore store;
  private final Batch batch;
  private final UUID owner;
  private final ExecutorService storing = thread("validation-rows");
  private final ExecutorService looking = thread("validation-duplicates");
  private final Deque<CompletableFuture<Boolean>> underWay = new ArrayDeque<>();
  private RowKeyBlock block;
  private int keyed;
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
    underWay.add(CompletableFuture.supplyAsync(() -> stored(chunk) && gathered(chunk), storing));
    return underWay.size() <= MOST_UNDER_WAY || oldestStored();
  }

  /** Waits until everything is stored and looked at; false when the lease was lost. */
  boolean drain(int lastNumber) {
    underWay.add(CompletableFuture.supplyAsync(() -> look(lastNumber) && joined(looked), storing));
    boolean stored = true;
    while (stored && !underWay.isEmpty()) {
      stored = oldestStored();
    }
    return stored;
  }

  boolean renew() {
    return store.renew(batch, owner);
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

  private boolean oldestStored() {
    return joined(underWay.remove());
  }

  private static boolean joined(CompletableFuture<Boolean> step) {
    try {
      return step.join();
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
    storing.close();
    looking.close();
  }

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }
}
