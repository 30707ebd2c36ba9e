package dev.credmill.batch.validation;

import dev.credmill.batch.Batch;
import dev.credmill.batch.BatchConfig;
import dev.credmill.batch.Lane;
import dev.credmill.contracts.id.BatchId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Two threads that validate: one for small files only, so that ten rows never wait behind a
 * million, one for all. Organizations come in turn.
 */
@ApplicationScoped
public class ValidationLanes {
  private static final long SMALL = 1 << 20;
  private static final int REMEMBERED = 1_000;
  private final BatchConfig config;
  private final ValidationTable table;
  private final Validation validation;
  private Lane small;
  private Lane any;

  ValidationLanes(BatchConfig config, ValidationTable table, Validation validation) {
    this.config = config;
    this.table = table;
    this.validation = validation;
  }

  void start(@Observes StartupEvent starting) {
    small = new Lane("validation-small", config.pollInterval(), new Turn(0, SMALL)::next);
    any = new Lane("validation", config.pollInterval(), new Turn(0, Long.MAX_VALUE)::next);
  }

  void stop(@Observes ShutdownEvent stopping) {
    small.close();
    any.close();
  }

  /** A file has come in. */
  public void wake() {
    small.wake();
    any.wake();
  }

  private final class Turn {
    private final UUID owner = UUID.randomUUID();
    private final List<String> served = new ArrayList<>();
    private final long smallest;
    private final long largest;

    Turn(long smallest, long largest) {
      this.smallest = smallest;
      this.largest = largest;
    }

    boolean next() {
      Optional<BatchId> claimed = claim();
      claimed.ifPresent(this::validate);
      return claimed.isPresent();
    }

    private Optional<BatchId> claim() {
      try {
        return table.claim(owner, smallest, largest, served);
      } catch (SQLException e) {
        throw new IllegalStateException("no file could be claimed", e);
      }
    }

    private void validate(BatchId id) {
      Batch batch = QuarkusTransaction.requiringNew().call(() -> Batch.of(id).orElseThrow());
      served.remove(batch.organization);
      served.add(batch.organization);
      if (served.size() > REMEMBERED) {
        served.removeFirst();
      }
      boolean done = false;
      try {
        validation.run(batch, owner);
        done = true;
      } finally {
        if (!done) {
          validation.release(id, owner);
        }
      }
    }
  }
}
