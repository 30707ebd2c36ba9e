package dev.credmill.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistryConfigTest {
  @Test
  void nothingIsReadyUnlessAskedForAndDrawingIsBounded() {
    // When
    RegistryConfig config = config(Map.of()).getConfigMapping(RegistryConfig.class);
    // Then
    assertThat(config.readyContent()).isFalse();
    assertThat(config.platformAdminKey()).isEmpty();
    assertThat(config.preview().threads()).isEqualTo(2);
    assertThat(config.preview().waiting()).isEqualTo(8);
    assertThat(config.preview().timeLimit()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aTypoStopsTheStart() {
    assertThatThrownBy(() -> config(Map.of("registry.redy-content", "true")))
        .hasMessageContaining("registry.redy-content");
  }

  private static SmallRyeConfig config(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .withMapping(RegistryConfig.class)
        .withDefaultValues(values)
        .build();
  }
}
