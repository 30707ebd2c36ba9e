package dev.credmill.issuance.verify;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A credential as checked at one moment: the same for the call, for the page of a certificate and
 * for the page on which anyone verifies.
 *
 * @param credential what it says; null where that is not genuine, so nobody shows it by mistake
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"verdict", "meaning", "checks", "issuer", "credential"})
public record Verification(
    Verdict verdict,
    List<Check> checks,
    @Schema(
            description = "Who issued it, as it says",
            examples = "did:web:issuer.example:orgs:acme")
        String issuer,
    @Schema(type = SchemaType.OBJECT, description = "What it says; absent where it is not genuine")
        JsonNode credential) {
  public Verification {
    checks = List.copyOf(checks);
    if (!verdict.genuine() && credential != null) {
      throw new IllegalArgumentException("what is not genuine is not shown: " + verdict);
    }
  }

  /** All checks together say what the gravest of them says. */
  static Verification of(List<Check> checks, String issuer, JsonNode credential) {
    Verdict verdict =
        checks.stream().map(Check::verdict).min(Comparator.naturalOrder()).orElseThrow();
    return new Verification(verdict, checks, issuer, verdict.genuine() ? credential : null);
  }

  @JsonProperty
  @Schema(examples = "This credential is genuine, unchanged and valid.")
  public String meaning() {
    return verdict.meaning();
  }
}
