package dev.credmill.issuance.vcapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.issuance.verify.Check;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Whether everything holds.
 *
 * @param checks what was looked at, with its results
 * @param problemDetails why not (VCDM 2.0, 7.1); empty where it holds
 */
@Schema(name = "VcApiVerified")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Verified(boolean verified, List<Check> checks, List<Problem> problemDetails) {
  static Verified of(List<Check> checks, List<String> faults) {
    return new Verified(
        faults.isEmpty(),
        checks,
        faults.stream().map(fault -> Problem.of(ProblemType.INVALID_BODY, fault)).toList());
  }
}
