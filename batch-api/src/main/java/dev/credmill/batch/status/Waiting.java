package dev.credmill.batch.status;

import dev.credmill.contracts.problem.ProblemType;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.EntityTag;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Callers who wait for a batch to change. Their number is bounded; each looks now and then. */
@ApplicationScoped
class Waiting {
  private static final int MOST = 500;
  private final Semaphore places = new Semaphore(MOST);

  /** Looks until it is enough or the time is over; gives what it saw last. */
  <T> T until(Supplier<T> look, Predicate<T> enough, Duration limit, Duration pause) {
    if (!places.tryAcquire()) {
      throw ProblemType.UNAVAILABLE.because("Too many callers wait already; ask without ?wait=");
    }
    try {
      long end = System.nanoTime() + limit.toNanos();
      T seen = look.get();
      while (!enough.test(seen) && System.nanoTime() < end) {
        Thread.sleep(pause);
        seen = look.get();
      }
      return seen;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ProblemType.UNAVAILABLE.because("The service is stopping; ask again");
    } finally {
      places.release();
    }
  }

  /** What was seen first, then every change of it, until nothing more can change. */
  Multi<BatchView> changes(
      BatchView first,
      Supplier<BatchView> look,
      Function<BatchView, EntityTag> tag,
      Duration pause) {
    if (!places.tryAcquire()) {
      throw ProblemType.UNAVAILABLE.because("Too many callers wait already; poll instead");
    }
    Multi<BatchView> later =
        Multi.createFrom()
            .ticks()
            .every(pause)
            .onOverflow()
            .drop()
            .emitOn(Infrastructure.getDefaultWorkerPool())
            .map(_ -> look.get());
    return Multi.createBy()
        .concatenating()
        .streams(
            Multi.createFrom().item(first), first.settled() ? Multi.createFrom().empty() : later)
        // Before repetitions are left out: it is the repetition of a settled batch that ends it.
        .select()
        .first(new UntilSettled())
        .skip()
        .repetitions(Comparator.comparing(batch -> tag.apply(batch).getValue()))
        .onTermination()
        .invoke(() -> places.release());
  }

  /** Lets everything through up to and with the first settled batch. */
  private static final class UntilSettled implements Predicate<BatchView> {
    private boolean over;

    @Override
    public boolean test(BatchView batch) {
      boolean pass = !over;
      over = over || batch.settled();
      return pass;
    }
  }
}
