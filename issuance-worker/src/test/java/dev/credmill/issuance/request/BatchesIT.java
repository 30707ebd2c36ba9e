package dev.credmill.issuance.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.issuance.RegistryTestResource;
import dev.credmill.issuance.securing.Secrets;
import dev.credmill.issuance.securing.SigningKeys;
import dev.credmill.issuance.status.StatusLists;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(RegistryTestResource.class)
class BatchesIT {
  @Inject BatchTable table;
  @Inject StatusLists lists;
  @Inject SigningKeys keys;
  @Inject Secrets secrets;
  @Inject Clock clock;

  @Test
  void processesThatSeeABatchAtOncePinTheSame() throws Exception {
    // Given
    BatchId id = BatchId.at(Instant.now());
    // When
    List<Batch> pinned = pinAtOnce(List.of(id, id, id, id, id, id), 10);
    // Then
    assertThat(pinned).hasSize(6).containsOnly(pinned.getFirst());
  }

  @Test
  void batchesThatAreSeenAtOnceHaveRangesOfTheirOwn() throws Exception {
    // Given
    List<BatchId> ids = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      ids.add(BatchId.at(Instant.now()));
    }
    // When
    List<Batch> pinned = new ArrayList<>(pinAtOnce(ids, 10));
    // Then
    pinned.sort(Comparator.comparingLong(Batch::statusStart));
    for (int i = 1; i < pinned.size(); i++) {
      assertThat(pinned.get(i).statusStart())
          .isGreaterThanOrEqualTo(pinned.get(i - 1).statusStart() + 10);
    }
  }

  private List<Batch> pinAtOnce(List<BatchId> ids, int size) throws Exception {
    try (ExecutorService processes = Executors.newFixedThreadPool(6)) {
      List<Future<Batch>> running = new ArrayList<>();
      for (BatchId id : ids) {
        Batches process = new Batches(table, lists, keys, secrets, clock);
        running.add(processes.submit(() -> process.pin(id, RegistryTestResource.ACME, size)));
      }
      List<Batch> pinned = new ArrayList<>();
      for (Future<Batch> one : running) {
        pinned.add(one.get());
      }
      return pinned;
    }
  }
}
