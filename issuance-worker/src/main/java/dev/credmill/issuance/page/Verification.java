package dev.credmill.issuance.page;

import java.util.List;

/** A credential as checked at one moment. */
public record Verification(Verdict verdict, List<Check> checks) {
  public Verification {
    checks = List.copyOf(checks);
  }
}
