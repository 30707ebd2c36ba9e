package dev.credmill.issuance.securing;

import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.IssuanceRole;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Where this process finds private keys. A key stays where it was made, so both may be in use: the
 * setting decides on new ones.
 */
@Startup
@ApplicationScoped
class KeyCustodies {
  private final DatabaseCustody database;
  private final Optional<Pkcs11Custody> token;
  private final Custody forNew;

  KeyCustodies(DatabaseCustody database, IssuanceConfig config) {
    this.database = database;
    forNew = config.keyCustody();
    if (forNew == Custody.PKCS11 && config.pkcs11().library().isEmpty()) {
      throw new IllegalStateException(
          "issuance.key-custody is pkcs11, but no token is configured: set issuance.pkcs11.library"
              + " to the path of its module, and issuance.pkcs11.pin-file");
    }
    // Who only publishes needs no PIN.
    token =
        config.roles().contains(IssuanceRole.SIGN)
            ? config.pkcs11().library().map(library -> new Pkcs11Custody(library, config.pkcs11()))
            : Optional.empty();
  }

  /** What kind of custody new keys get. */
  Custody forNew() {
    return forNew;
  }

  KeyCustody of(Custody custody) {
    return switch (custody) {
      case DATABASE -> database;
      case PKCS11 ->
          token.orElseThrow(
              () ->
                  new IllegalStateException(
                      "a key is in a PKCS#11 token that this process does not know: set"
                          + " issuance.pkcs11.library, or send the call to a process of role sign"));
    };
  }

  @PreDestroy
  void close() {
    token.ifPresent(Pkcs11Custody::close);
  }

  /** Who computes signatures with the keys of that custody. */
  SignatureProvider provider(Custody custody) {
    return switch (custody) {
      case DATABASE -> database.provider();
      case PKCS11 -> SignatureProvider.PKCS11;
    };
  }
}
