package dev.credmill.notification.sms.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credmill.notification.NotificationConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CeilingTest {
  @Test
  void withoutSettingsThereIsNone() {
    assertThat(ceiling(Map.of()).most()).isEqualTo(SmsSettings.NO_LIMITS);
    // as the environment leaves them
    assertThat(
            ceiling(
                    Map.of(
                        "notification.sms.limits.countries", "",
                        "notification.sms.limits.segments-per-day", ""))
                .most())
        .isEqualTo(SmsSettings.NO_LIMITS);
  }

  @Test
  void aCountryThatIsNoneStopsTheStart() {
    assertThatThrownBy(() -> ceiling(Map.of("notification.sms.limits.countries", "DE,GERMANY")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("notification.sms.limits")
        .hasMessageContaining("ISO 3166-1");
  }

  private static Ceiling ceiling(Map<String, String> settings) {
    return new Ceiling(
        new SmallRyeConfigBuilder()
            .withMapping(NotificationConfig.class)
            .withSources(new PropertiesConfigSource(settings, "test", 100))
            .build()
            .getConfigMapping(NotificationConfig.class));
  }
}
