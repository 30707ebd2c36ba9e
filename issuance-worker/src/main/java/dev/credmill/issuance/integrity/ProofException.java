package dev.credmill.issuance.integrity;

import static java.util.Objects.requireNonNull;

/**
 * A proof that does not hold or cannot be made. Neither message nor cause has anything of the
 * document in it, which may be personal.
 */
public final class ProofException extends Exception {
  private static final long serialVersionUID = 1;
  private final ProofFault fault;
  private final String detail;

  ProofException(ProofFault fault, String detail) {
    super(fault + ": " + detail, null, false, false);
    this.fault = requireNonNull(fault);
    this.detail = requireNonNull(detail);
  }

  ProofException(ProofFault fault) {
    this(fault, fault.meaning());
  }

  public ProofFault fault() {
    return fault;
  }

  public String detail() {
    return detail;
  }
}
