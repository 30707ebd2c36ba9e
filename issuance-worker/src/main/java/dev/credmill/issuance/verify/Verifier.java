package dev.credmill.issuance.verify;

import com.authlete.sd.SDJWT;
import com.authlete.sd.SDObjectDecoder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.contracts.event.Validity;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.issuance.credential.CredentialStore;
import dev.credmill.issuance.credential.StoredCredential;
import dev.credmill.issuance.integrity.DataIntegrity;
import dev.credmill.issuance.integrity.Expectation;
import dev.credmill.issuance.integrity.ProofVerdict;
import dev.credmill.issuance.integrity.VerificationMethod;
import dev.credmill.issuance.page.Check;
import dev.credmill.issuance.page.Verdict;
import dev.credmill.issuance.page.Verification;
import dev.credmill.issuance.page.Verifying;
import dev.credmill.issuance.securing.SigningKey;
import dev.credmill.issuance.securing.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Verifies whatever anybody submits, by what stands in it and by the keys and lists that are here.
 * Nothing is fetched from addresses that strangers wrote.
 */
@ApplicationScoped
class Verifier {
  private static final String MULTIKEY = "-mk";
  private final CredentialStore credentials;
  private final Verifying verifying;
  private final SigningKeys keys;
  private final DataIntegrity integrity;
  private final Statuses statuses;
  private final Clock clock;

  Verifier(
      CredentialStore credentials,
      Verifying verifying,
      SigningKeys keys,
      DataIntegrity integrity,
      Statuses statuses,
      Clock clock) {
    this.credentials = credentials;
    this.verifying = verifying;
    this.keys = keys;
    this.integrity = integrity;
    this.statuses = statuses;
    this.clock = clock;
  }

  VerifyAnswer verify(Submission submission) {
    return switch (submission) {
      case Submission.Link(String token) -> link(token);
      case Submission.Jwt(String compact) -> jwt(compact);
      case Submission.SdJwt(String text) -> sdJwt(text);
      case Submission.Proved(ObjectNode credential) -> proved(credential);
    };
  }

  private VerifyAnswer link(String token) {
    StoredCredential stored =
        credentials
            .byToken(token)
            .orElseThrow(
                () ->
                    ProblemType.NOT_FOUND.because(
                        "There is no certificate at that link; nothing more is told"));
    JsonNode credential = json(stored.json().getBytes(StandardCharsets.UTF_8));
    return VerifyAnswer.of(verifying.verify(stored, credential), stored.key().did(), credential);
  }

  private VerifyAnswer jwt(String compact) {
    Jws jws = Jws.parse(compact);
    JsonNode credential = json(jws.payload());
    String issuer = issuer(credential.path("issuer"));
    Optional<SigningKey> key = key(jws.kid());
    if (key.isEmpty()) {
      return unknown(issuer);
    }
    boolean genuine = jws.typ().equals("vc+jwt") && jws.signedBy(key.get());
    return answer(
        key.get(),
        genuine,
        issuer,
        credential,
        instant(credential.path("validFrom")),
        instant(credential.path("validUntil")),
        statuses.ofEntries(key.get().organization(), credential.path("credentialStatus")));
  }

  private VerifyAnswer proved(ObjectNode credential) {
    String issuer = issuer(credential.path("issuer"));
    JsonNode proof = credential.path("proof");
    String method = (proof.isArray() ? proof.path(0) : proof).path("verificationMethod").asText();
    Expectation expected = Expectation.ofCredential(clock.instant());
    Optional<SigningKey> key = key(method);
    if (key.isPresent()) {
      boolean genuine =
          integrity.verify(credential, VerificationMethod.ofKey(key.get()), expected).stream()
              .allMatch(ProofVerdict::holds);
      return answer(
          key.get(),
          genuine,
          issuer,
          credential,
          instant(credential.path("validFrom")),
          instant(credential.path("validUntil")),
          statuses.ofEntries(key.get().organization(), credential.path("credentialStatus")));
    }
    if (!issuer.startsWith("did:key:")) {
      return unknown(issuer);
    }
    boolean genuine =
        integrity.verify(credential, VerificationMethod::ofDidKey, expected).stream()
            .allMatch(ProofVerdict::holds);
    return answer(
        genuine,
        genuine,
        issuer,
        credential,
        instant(credential.path("validFrom")),
        instant(credential.path("validUntil")),
        // Nobody's lists but ours are read.
        credential.has("credentialStatus") ? Optional.empty() : Optional.of(Validity.ACTIVE));
  }

  private VerifyAnswer sdJwt(String text) {
    SDJWT token;
    try {
      token = SDJWT.parse(text);
    } catch (IllegalArgumentException e) {
      throw ProblemType.INVALID_BODY.because(
          "The SD-JWT is not well-formed: a JWT, a tilde, and disclosures with a tilde behind each");
    }
    Jws jws = Jws.parse(token.getCredentialJwt());
    JsonNode payload = json(jws.payload());
    String issuer = payload.path("iss").asText();
    Optional<SigningKey> key = key(jws.kid());
    if (key.isEmpty()) {
      return unknown(issuer);
    }
    JsonNode disclosed = MissingNode.getInstance();
    boolean genuine = jws.typ().equals("dc+sd-jwt") && jws.signedBy(key.get());
    if (genuine) {
      try {
        Map<String, Object> claims =
            new SDObjectDecoder().decode(map(payload), token.getDisclosures());
        disclosed = Submission.JSON.valueToTree(claims);
      } catch (IllegalArgumentException e) {
        genuine = false; // a disclosure that the issuer did not sign
      }
    }
    return answer(
        key.get(),
        genuine,
        issuer,
        disclosed,
        seconds(payload.path("nbf")),
        seconds(payload.path("exp")),
        payload.has("status")
            ? statuses.ofToken(key.get().organization(), payload.path("status"))
            : Optional.of(Validity.ACTIVE));
  }

  /** A key of ours that is published today, by either of its addresses. */
  private Optional<SigningKey> key(String url) {
    String kid = url.substring(url.indexOf('#') + 1);
    String plain =
        kid.endsWith(MULTIKEY) ? kid.substring(0, kid.length() - MULTIKEY.length()) : kid;
    return keys.byKid(plain)
        .filter(key -> key.didUrl().equals(url) || key.multikeyUrl().equals(url))
        .flatMap(
            key ->
                keys.ofOrganization(key.organization()).stream()
                    .filter(published -> published.kid().equals(key.kid()))
                    .findFirst());
  }

  private VerifyAnswer answer(
      SigningKey key,
      boolean genuine,
      String issuer,
      JsonNode credential,
      Optional<Instant> from,
      Optional<Instant> until,
      Optional<Validity> validity) {
    return answer(genuine, key.did().equals(issuer), issuer, credential, from, until, validity);
  }

  private VerifyAnswer answer(
      boolean genuine,
      boolean byIssuer,
      String issuer,
      JsonNode credential,
      Optional<Instant> from,
      Optional<Instant> until,
      Optional<Validity> validity) {
    Instant now = clock.instant();
    boolean begun = from.isEmpty() || !now.isBefore(from.get());
    boolean ended = until.isPresent() && now.isAfter(until.get());
    List<Check> checks = new ArrayList<>();
    checks.add(
        new Check(
            "Signature",
            genuine,
            genuine
                ? "The signature fits; nothing was changed since it was signed."
                : "The signature does not fit the issuer's key."));
    checks.add(
        new Check(
            "Issuer",
            byIssuer,
            byIssuer
                ? "The key that signed it is the issuer's own."
                : "The key that signed it is not the issuer's."));
    checks.add(
        new Check(
            "Status",
            validity.filter(is -> is == Validity.ACTIVE).isPresent(),
            validity
                .map(
                    is ->
                        switch (is) {
                          case ACTIVE -> "The issuer stands by it.";
                          case SUSPENDED -> "The issuer has suspended it.";
                          case REVOKED -> "The issuer has revoked it.";
                        })
                .orElse("Its status stands in a list that is not hosted here.")));
    checks.add(
        new Check(
            "Validity",
            begun && !ended,
            ended
                ? "Its validity has ended."
                : begun ? "Its validity has begun and not ended." : "Its validity has not begun."));
    return VerifyAnswer.of(
        new Verification(verdict(genuine && byIssuer, begun, ended, validity.orElse(null)), checks),
        issuer,
        credential);
  }

  /** The gravest comes first. */
  private static Verdict verdict(boolean genuine, boolean begun, boolean ended, Validity validity) {
    if (!genuine) {
      return Verdict.INVALID;
    }
    return switch (validity) {
      case null -> Verdict.UNKNOWN;
      case REVOKED -> Verdict.REVOKED;
      case SUSPENDED -> Verdict.SUSPENDED;
      case ACTIVE -> ended ? Verdict.EXPIRED : begun ? Verdict.VERIFIED : Verdict.NOT_YET_VALID;
    };
  }

  private static VerifyAnswer unknown(String issuer) {
    return VerifyAnswer.of(
        new Verification(
            Verdict.UNKNOWN,
            List.of(
                new Check(
                    "Issuer",
                    false,
                    "The key that signed it is of no issuer that is hosted here; nobody else is asked."))),
        issuer,
        null);
  }

  private static String issuer(JsonNode issuer) {
    return issuer.isObject() ? issuer.path("id").asText() : issuer.asText();
  }

  private static Optional<Instant> instant(JsonNode value) {
    try {
      return value.isMissingNode()
          ? Optional.empty()
          : Optional.of(OffsetDateTime.parse(value.asText()).toInstant());
    } catch (DateTimeException e) {
      throw ProblemType.INVALID_BODY.because(
          "A validity of the credential is no time with a zone, such as 2026-11-23T10:15:00Z");
    }
  }

  private static Optional<Instant> seconds(JsonNode value) {
    return value.isMissingNode()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(value.asLong()));
  }

  @SuppressWarnings("unchecked") // a JSON object is a map of strings
  private static Map<String, Object> map(JsonNode payload) {
    return Submission.JSON.convertValue(payload, Map.class);
  }

  private static JsonNode json(byte[] bytes) {
    try {
      JsonNode json = Submission.JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
      if (json instanceof ObjectNode) {
        return json;
      }
    } catch (JsonProcessingException e) {
      // said below
    }
    throw ProblemType.INVALID_BODY.because("What the token carries is no well-formed JSON object");
  }

  /**
   * A compact JWS whose header names a key of the issuer's. Keys and addresses of keys that a
   * header brings along count for nothing.
   */
  private record Jws(String compact, String alg, String typ, String kid, byte[] payload) {
    static Jws parse(String compact) {
      String[] parts = compact.split("\\.", -1);
      try {
        Base64.Decoder base64url = Base64.getUrlDecoder();
        JsonNode header = json(base64url.decode(parts[0]));
        if (header.has("crit") || header.has("b64")) {
          throw ProblemType.INVALID_BODY.because(
              "The token's header asks for extensions (crit, b64) that are not known here");
        }
        return new Jws(
            compact,
            header.path("alg").asText(),
            header.path("typ").asText(),
            header.path("kid").asText(),
            base64url.decode(parts[1]));
      } catch (IllegalArgumentException e) {
        throw ProblemType.INVALID_BODY.because("The token is not base64url throughout");
      }
    }

    boolean signedBy(SigningKey key) {
      int end = compact.lastIndexOf('.');
      byte[] signed = compact.substring(0, end).getBytes(StandardCharsets.US_ASCII);
      byte[] signature = Base64.getUrlDecoder().decode(compact.substring(end + 1));
      return alg.equals(key.algorithm().jws()) && key.verifies(signed, signed.length, signature);
    }
  }
}
