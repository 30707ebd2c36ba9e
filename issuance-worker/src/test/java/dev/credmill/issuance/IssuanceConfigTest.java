package dev.credmill.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credmill.issuance.securing.Custody;
import dev.credmill.issuance.securing.SecuringForTests;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IssuanceConfigTest {
  @Test
  void theDefaultsAreTheDocumentedOnes() {
    // When
    IssuanceConfig config = SecuringForTests.config(Map.of());
    // Then
    assertThat(config.roles()).containsExactlyInAnyOrder(IssuanceRole.SIGN, IssuanceRole.PUBLISH);
    assertThat(config.statusListSize()).isEqualTo(1_048_576);
    assertThat(config.statusListTtl()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.signThreads()).isEmpty();
    assertThat(config.storeChunk()).isEqualTo(1_000);
    assertThat(config.largestBatch()).isEqualTo(10_000_000);
    assertThat(config.keyCustody()).isEqualTo(Custody.DATABASE);
    assertThat(config.pkcs11().library()).isEmpty();
    assertThat(config.selfCheckOneIn()).isEqualTo(1_000);
  }

  @Test
  void aTypoStopsTheStart() {
    assertThatThrownBy(() -> SecuringForTests.config(Map.of("issuance.storechunk", "1")))
        .hasMessageContaining("issuance.storechunk");
  }
}
