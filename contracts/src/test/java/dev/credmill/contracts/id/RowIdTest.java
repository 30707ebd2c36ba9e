package dev.credmill.contracts.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RowIdTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  void theHeaderIsNoRecipient() {
    BatchId batch = BatchId.at(NOW);
    assertThat(new RowId(batch, 2)).hasToString(batch + ":2");
    assertThatThrownBy(() -> new RowId(batch, 1)).hasMessageContaining("1");
  }

  @Test
  void aLaterBatchSortsBehindAnEarlierOne() {
    // When
    BatchId earlier = BatchId.at(NOW);
    BatchId later = BatchId.at(NOW.plusMillis(1));
    // Then
    assertThat(earlier).isLessThan(later);
    assertThat(earlier.value().version()).isEqualTo(7);
    assertThat(earlier.value().variant()).isEqualTo(2);
    assertThat(BatchId.at(NOW)).isNotEqualTo(earlier);
  }

  @Test
  void whatCannotBeABatchIdIsNone() {
    BatchId batch = BatchId.at(NOW);
    assertThat(BatchId.parse(batch.toString())).contains(batch);
    assertThat(BatchId.parse(null)).isEmpty();
    assertThat(BatchId.parse("1-1-1-1-1")).isEmpty();
    assertThat(BatchId.parse("x".repeat(36))).isEmpty();
  }

  @Test
  void anOrganizationIsNamedByASlug() {
    assertThat(new OrganizationId("acme-2")).hasToString("acme-2");
    for (String wrong : new String[] {"", "Acme", "-acme", "acme-", "a/b", "a".repeat(41)}) {
      assertThatThrownBy(() -> new OrganizationId(wrong)).as(wrong).hasMessageContaining(wrong);
    }
    assertThatThrownBy(() -> new OrganizationId(null)).isInstanceOf(IllegalArgumentException.class);
  }
}
