package dev.credmill.issuance.securing;

import dev.credmill.contracts.secret.EncryptionKey;
import dev.credmill.issuance.IssuanceConfig;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;

/** What signing keys and secrets are encrypted under; without it nothing starts. */
@Startup
@Singleton
class MasterKey extends EncryptionKey {
  MasterKey(IssuanceConfig config) {
    super(config.masterKeyFile(), config.masterKey(), "issuance.master-key");
  }
}
