package dev.credmill.registry.apikey;

import dev.credmill.contracts.access.Role;
import dev.credmill.registry.RegistryConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The key with which a new installation's first organization is made. */
@ApplicationScoped
class PlatformAdminKey {
  private final RegistryConfig config;
  private final StoredApiKeys keys;

  PlatformAdminKey(RegistryConfig config, StoredApiKeys keys) {
    this.config = config;
    this.keys = keys;
  }

  void store(@Observes StartupEvent start) {
    config
        .platformAdminKey()
        .ifPresent(key -> keys.ensure(key, null, Role.PLATFORM_ADMIN, "platform admin"));
  }
}
