package dev.credmill.batch.sheet;

import dev.credmill.batch.BatchConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;

/** The limits as they are by default, or with one of them changed. */
public final class Limits {
  public static final BatchConfig DEFAULT = builder().build().getConfigMapping(BatchConfig.class);

  private Limits() {}

  public static BatchConfig with(String setting, String value) {
    return builder()
        .withDefaultValue("batch." + setting, value)
        .build()
        .getConfigMapping(BatchConfig.class);
  }

  private static SmallRyeConfigBuilder builder() {
    return new SmallRyeConfigBuilder()
        .withConverter(MemorySize.class, 100, new MemorySizeConverter())
        .withConverter(Duration.class, 100, new DurationConverter())
        .withMapping(BatchConfig.class);
  }
}
