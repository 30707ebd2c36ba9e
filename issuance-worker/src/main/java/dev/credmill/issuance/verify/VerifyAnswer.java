package dev.credmill.issuance.verify;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.issuance.page.Check;
import dev.credmill.issuance.page.Verdict;
import dev.credmill.issuance.page.Verification;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What verifying has shown. */
@Schema(name = "Verification")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VerifyAnswer(
    Verdict verdict,
    @Schema(examples = "This credential is genuine, unchanged and valid.") String meaning,
    List<Check> checks,
    @Schema(
            description = "Who issued it, as it says",
            examples = "did:web:issuer.example:orgs:acme")
        String issuer,
    @Schema(type = SchemaType.OBJECT, description = "What it says; absent where it is not genuine")
        JsonNode credential) {

  static VerifyAnswer of(Verification verification, String issuer, JsonNode credential) {
    Verdict verdict = verification.verdict();
    boolean genuine = verdict != Verdict.INVALID && verdict != Verdict.UNKNOWN;
    return new VerifyAnswer(
        verdict, verdict.meaning(), verification.checks(), issuer, genuine ? credential : null);
  }
}
