package dev.credmill.issuance.verify;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One question that a verifier asks, and its answer.
 *
 * @param question what was looked at
 * @param passed whether the answer speaks for the credential
 * @param finding the answer in a sentence
 * @param verdict the best that can be said of the credential after this answer
 */
@JsonPropertyOrder({"question", "passed", "finding"})
public record Check(
    String question,
    boolean passed,
    String finding,
    @JsonIgnore @Schema(hidden = true) Verdict verdict) {
  public Check {
    if (passed && verdict != Verdict.VERIFIED) {
      throw new IllegalArgumentException("what passed takes nothing away: " + verdict);
    }
  }

  static Check passed(String question, String finding) {
    return new Check(question, true, finding, Verdict.VERIFIED);
  }

  static Check failed(String question, String finding, Verdict verdict) {
    return new Check(question, false, finding, verdict);
  }

  /** A question that could not be asked; the credential is as good as the others say. */
  static Check notAsked(String question, String finding) {
    return new Check(question, false, finding, Verdict.VERIFIED);
  }

  /** For a page. */
  @JsonIgnore
  @Schema(hidden = true)
  public String result() {
    return passed ? "passed" : verdict == Verdict.VERIFIED ? "not checked" : "failed";
  }

  @JsonIgnore
  @Schema(hidden = true)
  public String mark() {
    return passed ? "good" : verdict == Verdict.VERIFIED ? "warn" : "bad";
  }
}
