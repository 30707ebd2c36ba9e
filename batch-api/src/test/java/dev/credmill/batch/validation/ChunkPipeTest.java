package dev.credmill.batch.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credmill.batch.Batch;
import dev.credmill.batch.duplicate.RowKeyBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class ChunkPipeTest {
  private final List<Integer> stored = new ArrayList<>();
  private final List<Integer> keyed = new ArrayList<>();

  @Test
  void everythingIsStoredAndThenLookedAt() {
    try (ChunkPipe pipe = new ChunkPipe(store(0), batch(), UUID.randomUUID())) {
      // When
      pipe.put(chunk(pipe, 2));
      pipe.put(chunk(pipe, 3));
      boolean whole = pipe.drain(3);
      // Then
      assertThat(whole).isTrue();
      assertThat(stored).containsExactly(2, 3);
      assertThat(keyed).containsExactly(3);
    }
  }

  @Test
  void behindAChunkThatWasNotStoredNothingIsStoredAndNoCursorMoves() {
    try (ChunkPipe pipe = new ChunkPipe(store(3), batch(), UUID.randomUUID())) {
      // When
      pipe.put(chunk(pipe, 2));
      pipe.put(chunk(pipe, 3));
      pipe.put(chunk(pipe, 4));
      assertThatThrownBy(() -> pipe.drain(4)).hasMessage("the database is away");
    }
    // Then
    assertThat(stored).containsExactly(2);
    assertThat(keyed).isEmpty();
  }

  private ChunkStore store(int failing) {
    return new ChunkStore(null, null, null, null, null) {
      @Override
      boolean store(Batch batch, UUID owner, Chunk chunk, BooleanSupplier before) {
        if (chunk.lastNumber() == failing) {
          throw new IllegalStateException("the database is away");
        }
        return before.getAsBoolean() && stored.add(chunk.lastNumber());
      }

      @Override
      boolean look(Batch batch, UUID owner, int from, int to, RowKeyBlock block) {
        return keyed.add(to);
      }
    };
  }

  private static Batch batch() {
    Batch batch = new Batch();
    batch.id = UUID.randomUUID();
    batch.organization = "acme";
    batch.keyedNumber = 1;
    return batch;
  }

  private static Chunk chunk(ChunkPipe pipe, int number) {
    CheckedRow row =
        new CheckedRow(
            number, 0, null, "Ada", null, "a@example.org", null, null, null, "[]", "{}", List.of());
    RowLines lines = pipe.lines();
    lines.add(row);
    pipe.take(row.identity(List.of("diploma")));
    return new Chunk(number - 1, number, lines, 1, List.of("diploma"));
  }
}
