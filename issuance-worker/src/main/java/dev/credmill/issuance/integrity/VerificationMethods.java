package dev.credmill.issuance.integrity;

import java.util.Optional;

/** Finds the key that a proof names; nothing is fetched from addresses that strangers wrote. */
@FunctionalInterface
public interface VerificationMethods {
  Optional<VerificationMethod> find(String didUrl);
}
