package dev.credmill.issuance.verify;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One question that a verifier asks, and its answer.
 *
 * @param question what was looked at
 * @param finding the answer in a sentence
 * @param verdict the best that can be said of the credential after this answer
 */
@JsonPropertyOrder({"question", "passed", "finding"})
public record Check(
    String question, String finding, @JsonIgnore @Schema(hidden = true) Verdict verdict) {

  static Check passed(String question, String finding) {
    return new Check(question, finding, Verdict.VERIFIED);
  }

  /** Whether the answer speaks for the credential. */
  @JsonProperty
  public boolean passed() {
    return verdict == Verdict.VERIFIED;
  }
}
