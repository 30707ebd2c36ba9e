package dev.credmill.issuance.page;

import java.util.List;

/** A credential as checked at one moment. */
record Verification(Verdict verdict, List<Check> checks) {
  Verification {
    checks = List.copyOf(checks);
  }
}
