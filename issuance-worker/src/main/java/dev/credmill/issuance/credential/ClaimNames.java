package dev.credmill.issuance.credential;

import dev.credmill.contracts.registry.CredentialDefinition;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** The claims that rows of a definition may carry, numbered. */
final class ClaimNames {
  /**
   * Only the platform says these of a credential; no column becomes one, whatever a schema says.
   */
  private static final Set<String> PLATFORM =
      Set.of(
          CredentialDefinition.CRED_URL,
          "id",
          "type",
          "issuer",
          "validFrom",
          "validUntil",
          "credentialSubject",
          "credentialStatus",
          "credentialSchema",
          "evidence",
          "proof",
          "refreshService",
          "relatedResource",
          "renderMethod",
          "termsOfUse",
          "vc",
          "vp");

  private final Map<String, Integer> numbers;

  private ClaimNames(Map<String, Integer> numbers) {
    this.numbers = numbers;
  }

  static ClaimNames of(CredentialDefinition definition) {
    Map<String, Integer> numbers = new HashMap<>();
    Iterator<String> names = definition.claimsSchema().path("properties").fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!PLATFORM.contains(name)
          && !name.startsWith("@")
          && (definition.openBadge() == null || !OpenBadgeSubject.MEMBERS.contains(name))) {
        numbers.put(name, numbers.size());
      }
    }
    return new ClaimNames(numbers);
  }

  Set<String> names() {
    return numbers.keySet();
  }

  int count() {
    return numbers.size();
  }

  /** The claim's number; null where no row may carry it. */
  Integer number(String name) {
    return numbers.get(name);
  }
}
