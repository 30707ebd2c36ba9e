package dev.credmill.issuance.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.certificate.Claim;
import dev.credmill.certificate.Claims;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.issuance.verify.Check;
import dev.credmill.issuance.verify.Verdict;
import dev.credmill.issuance.verify.Verification;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The page on which anyone verifies.
 *
 * @param answer null before anything was sent, or where that was nothing to verify
 * @param problem why it was not; null elsewhere
 */
public record VerifyPage(Answer answer, Problem problem) {
  static final VerifyPage EMPTY = new VerifyPage(null, null);

  /** What an SD-JWT VC says besides claims. */
  private static final Set<String> REGISTERED =
      Set.of(
          "iss",
          "sub",
          "aud",
          "nbf",
          "exp",
          "iat",
          "jti",
          "cnf",
          "vct",
          "vct#integrity",
          "status",
          "_sd_alg");

  /**
   * What was found, and what the credential says where that is genuine.
   *
   * @param issuerName null for whoever is not hosted here: any stranger can call himself anything
   */
  public record Answer(
      Verdict verdict,
      List<Check> checks,
      boolean shown,
      String title,
      List<Claim> claims,
      String validFrom,
      String validUntil,
      String issuerName,
      String issuer,
      String checkedAt) {}

  static VerifyPage of(Problem problem) {
    return new VerifyPage(null, problem);
  }

  /**
   * @param known what the catalogue knows of a credential that was issued here; empty for others
   */
  static VerifyPage of(Verification verification, Optional<Presented> known, String checkedAt) {
    JsonNode credential =
        verification.credential() == null ? MissingNode.getInstance() : verification.credential();
    return new VerifyPage(
        new Answer(
            verification.verdict(),
            verification.checks(),
            credential.isObject(),
            known.map(Presented::title).orElseGet(() -> title(credential)),
            known
                .map(Presented::claims)
                .orElseGet(
                    () -> Claims.of(subject(credential), MissingNode.getInstance(), Locale.ENGLISH))
                .list(),
            date(credential, "validFrom", "nbf"),
            date(credential, "validUntil", "exp"),
            known.map(Presented::issuerName).orElse(null),
            verification.issuer(),
            checkedAt),
        null);
  }

  private static String title(JsonNode credential) {
    JsonNode name = credential.path("name");
    if (name.isTextual() && !name.asText().isBlank()) {
      return name.asText();
    }
    JsonNode types = credential.path("type");
    return types.isArray() && !types.isEmpty()
        ? types.get(types.size() - 1).asText()
        : credential.path("vct").asText("Credential");
  }

  private static JsonNode subject(JsonNode credential) {
    if (!credential.has("vct") || !(credential instanceof ObjectNode token)) {
      return credential.path("credentialSubject");
    }
    return token.deepCopy().without(REGISTERED);
  }

  /** Both were read when it was verified. */
  private static String date(JsonNode credential, String text, String seconds) {
    if (credential.path(text).isTextual()) {
      return Claims.date(
          OffsetDateTime.parse(credential.path(text).asText()).toInstant(), Locale.ENGLISH);
    }
    return credential.path(seconds).isIntegralNumber()
        ? Claims.date(Instant.ofEpochSecond(credential.path(seconds).longValue()), Locale.ENGLISH)
        : null;
  }
}
