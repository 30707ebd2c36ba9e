package dev.credmill.batch.validation;

import dev.credmill.batch.Batch;
import dev.credmill.batch.BatchConfig;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.registry.Registry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Compiles what the rows of a batch are checked against. */
@ApplicationScoped
public class SheetValidators {
  private static final int LONGEST_ID = 100;
  private final BatchConfig config;
  private final Registry registry;
  private final Clock clock;

  SheetValidators(BatchConfig config, Registry registry, Clock clock) {
    this.config = config;
    this.registry = registry;
    this.clock = clock;
  }

  /**
   * The checks of a batch, new for each thread that uses them.
   *
   * @throws ProblemException when its header does not fit (any more)
   */
  public SheetValidator of(Batch batch) {
    return new SheetValidator(
        batch.meaning(),
        batch.byIdColumn,
        batch.definitionIds,
        batch.cellSources(),
        batch.mediaSet(),
        config.phoneRegion().orElse(null),
        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
        id ->
            id.length() > LONGEST_ID
                ? Optional.empty()
                : registry.definition(batch.organizationId(), id));
  }
}
