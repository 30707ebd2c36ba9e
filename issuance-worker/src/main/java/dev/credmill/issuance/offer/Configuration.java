package dev.credmill.issuance.offer;

import dev.credmill.contracts.registry.CredentialDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A credential configuration of OpenID4VCI: a definition in one form.
 *
 * @param definitionId a version of a credential definition
 */
record Configuration(String definitionId, WalletFormat format) {
  private static final char SEPARATOR = '.'; // no id of a definition has one

  /** Its key in {@code credential_configurations_supported}. */
  String id() {
    return definitionId + SEPARATOR + format.suffix();
  }

  /**
   * By what a wallet asks for it that wanted identifiers. One credential stands behind it, so the
   * name need not tell more than the configuration's does.
   */
  String credentialIdentifier() {
    return id() + ":credential";
  }

  /** Those in which a definition is given away, in the order in which wallets like them. */
  static List<Configuration> of(CredentialDefinition definition) {
    return Arrays.stream(WalletFormat.values())
        .filter(format -> definition.formats().contains(format.definitionName()))
        .map(format -> new Configuration(definition.id(), format))
        .toList();
  }

  /** What an id stands for, whether or not there is such a definition. */
  static Optional<Configuration> parse(String id) {
    int separator = id.lastIndexOf(SEPARATOR);
    return separator < 1
        ? Optional.empty()
        : WalletFormat.endingIn(id.substring(separator + 1))
            .map(format -> new Configuration(id.substring(0, separator), format));
  }
}
