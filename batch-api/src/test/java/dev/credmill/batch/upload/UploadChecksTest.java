package dev.credmill.batch.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credmill.batch.sheet.Limits;
import dev.credmill.contracts.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadChecksTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private final UploadChecks checks = new UploadChecks(Limits.with("upload-checks", "1"));
  private final CountDownLatch released = new CountDownLatch(1);
  private final List<CompletableFuture<Integer>> looks = new ArrayList<>();
  @TempDir Path folder;
  private Path small;
  private Path large;

  @BeforeEach
  void files() throws IOException {
    small = Files.writeString(folder.resolve("small.csv"), "First Name\nAda\n");
    large = folder.resolve("large.csv");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(2L << 20);
    }
  }

  @AfterEach
  void stop() {
    released.countDown();
    checks.stop(null);
  }

  @Test
  void oneFileMoreThanMayWaitIsTurnedAwayAndTheOthersAreLookedAt() throws InterruptedException {
    // Given
    looks.add(busyWithALargeFile());
    for (int i = 1; i <= 64; i++) {
      int number = i;
      looks.add(checks.run(large, () -> number).subscribeAsCompletionStage());
    }
    // When
    Uni<Integer> oneMore = checks.run(large, () -> 65);
    // Then
    assertThatThrownBy(() -> oneMore.await().atMost(SOON))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(503);
              assertThat(e.problem().detail()).contains("upload again");
            });
    assertThat(looks).noneMatch(CompletableFuture::isDone);
    // When
    released.countDown();
    // Then
    assertThat(looks)
        .allSatisfy(look -> assertThat(look).succeedsWithin(SOON))
        .extracting(CompletableFuture::join)
        .containsExactlyElementsOf(IntStream.rangeClosed(0, 64).boxed().toList());
  }

  @Test
  void aSmallFileNeverWaitsBehindLargeOnes() throws InterruptedException {
    // Given
    busyWithALargeFile();
    // When
    Integer looked = checks.run(small, () -> 1).await().atMost(SOON);
    // Then
    assertThat(looked).isEqualTo(1);
  }

  private CompletableFuture<Integer> busyWithALargeFile() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Integer> look =
        checks
            .run(
                large,
                () -> {
                  begun.countDown();
                  released.await();
                  return 0;
                })
            .subscribeAsCompletionStage();
    begun.await();
    return look;
  }
}
