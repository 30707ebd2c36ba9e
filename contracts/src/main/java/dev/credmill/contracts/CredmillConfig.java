package dev.credmill.contracts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** What every service must be told the same. None of it has a default outside the quickstart. */
@ConfigMapping(prefix = "credmill")
public interface CredmillConfig {
  /**
   * The address under which the world reaches the public paths, without a trailing slash. Links and
   * identifiers are made of it, so it is fixed for an organization when that is created.
   */
  @Pattern(
      regexp = "https?://[^/?#\\s]+(/[^?#\\s]*[^/?#\\s])?",
      message = "an http(s) address without trailing slash, query or fragment")
  String publicUrl();

  /** The secret with which the services call each other's {@code /internal} paths. */
  @Size(min = 16, message = "at least 16 characters")
  String serviceToken();

  SchemaRegistry schemaRegistry();

  /** Where the catalogue is asked. */
  interface SchemaRegistry {
    /** The schema registry's own address, within the cluster. */
    @WithDefault("http://localhost:8081")
    String url();
  }

  IssuanceWorker issuanceWorker();

  /** Where the row of a credential id is asked. */
  interface IssuanceWorker {
    /** The issuance worker's own address, within the cluster. */
    @WithDefault("http://localhost:8082")
    String url();
  }

  NotificationWorker notificationWorker();

  /** Where previews of messages are written. */
  interface NotificationWorker {
    /** The notification worker's own address, within the cluster. */
    @WithDefault("http://localhost:8083")
    String url();
  }
}
