package dev.credmill.batch.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RelayRowsTest {
  private static final Instant FROM = Instant.parse("2028-02-29T10:00:00Z");

  @Test
  void aDateEndsWithItsDay() {
    assertThat(RelayRows.validUntil(FROM, "2030-06-30", "P1Y")).isEqualTo("2030-06-30T23:59:59Z");
  }

  @Test
  void aPeriodCountsFromValidFrom() {
    assertThat(RelayRows.validUntil(FROM, "P1Y", null)).isEqualTo("2029-02-28T10:00:00Z");
  }

  @Test
  void withoutExpirationTheDefinitionsValidityCounts() {
    assertThat(RelayRows.validUntil(FROM, null, "P10D")).isEqualTo("2028-03-10T10:00:00Z");
    assertThat(RelayRows.validUntil(FROM, null, null)).isNull();
  }
}
