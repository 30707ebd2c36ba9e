package dev.credmill.issuance.page;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How the public pages are served. Part of {@code issuance}. */
public interface PageConfig {
  /** Certificates that are rendered at the same time. */
  @WithDefault("2")
  @Min(1)
  int renderThreads();

  /** Certificates that may wait for their rendering; the next one is told to come again. */
  @WithDefault("32")
  @Min(1)
  int renderQueue();

  /** For how long a request waits for its rendering before it is told to come again. */
  @WithDefault("PT10S")
  Duration renderTimeout();

  /** The width of the PNG, in pixels. */
  @WithDefault("1600")
  @Min(200)
  @Max(4000)
  int pngWidth();

  /** Rendered certificates that are kept for the next request, in bytes altogether. */
  @WithDefault("33554432")
  @Min(0)
  long cacheBytes();

  /** For how long they are kept. */
  @WithDefault("PT5M")
  Duration cacheFor();
}
