package dev.credmill.registry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.Optional;

/** What the schema registry can be told. */
@ConfigMapping(prefix = "registry")
public interface RegistryConfig {
  /**
   * Whether the organizations, keys and definitions to try things with are made at start. Their
   * keys are known to everybody, so never where real credentials are issued.
   */
  @WithDefault("false")
  boolean readyContent();

  /**
   * An API key that is a platform admin's from the start on, to make the first organization with.
   * Only its hash is kept; it stays valid until it is revoked, also when it is taken out here.
   */
  Optional<@Size(min = 24, max = 200, message = "24 to 200 characters") String> platformAdminKey();

  /** The drawing of certificate templates on sample values. */
  Preview preview();

  /** Limits of previews: drawing takes processor time and memory that callers must not exhaust. */
  interface Preview {
    /** Previews that are drawn at the same time. */
    @WithDefault("2")
    @Min(1)
    @Max(64)
    int threads();

    /** Previews that wait for a thread; what is beyond is answered 503 with Retry-After. */
    @WithDefault("8")
    @Min(1)
    @Max(1000)
    int waiting();

    /** How long a caller waits for a preview, in ISO 8601. */
    @WithDefault("PT10S")
    Duration timeLimit();
  }
}
