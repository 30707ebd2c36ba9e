package dev.credmill.issuance.verify;

import com.authlete.sd.SDJWT;
import com.authlete.sd.SDObjectDecoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.contracts.event.Validity;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.issuance.credential.CredentialStore;
import dev.credmill.issuance.credential.StoredCredential;
import dev.credmill.issuance.integrity.DataIntegrity;
import dev.credmill.issuance.integrity.EmbeddedProofs;
import dev.credmill.issuance.integrity.Expectation;
import dev.credmill.issuance.integrity.ProofVerdict;
import dev.credmill.issuance.integrity.VerificationMethod;
import dev.credmill.issuance.integrity.VerificationMethods;
import dev.credmill.issuance.securing.SigningKey;
import dev.credmill.issuance.securing.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Verifies a credential as a stranger would, at each request: by what stands in it and by the keys
 * and lists that are here. Nothing is remembered, and nothing is fetched from addresses that
 * strangers wrote.
 */
@ApplicationScoped
public class Verifier {
  private static final String MULTIKEY = "-mk";
  private final CredentialStore credentials;
  private final EmbeddedProofs proofs;
  private final SigningKeys keys;
  private final DataIntegrity integrity;
  private final Statuses statuses;
  private final Clock clock;

  Verifier(
      CredentialStore credentials,
      EmbeddedProofs proofs,
      SigningKeys keys,
      DataIntegrity integrity,
      Statuses statuses,
      Clock clock) {
    this.credentials = credentials;
    this.proofs = proofs;
    this.keys = keys;
    this.integrity = integrity;
    this.statuses = statuses;
    this.clock = clock;
  }

  /** Whatever anybody submits. */
  public Verification verify(Submission submission) {
    return switch (submission) {
      case Submission.Link(String token, Submission.Link.Form form) ->
          switch (form) {
            case RECORD -> verify(stored(token));
            case JSON -> json(stored(token));
          };
      case Submission.Jwt(String compact) -> jwt(compact);
      case Submission.SdJwt(String text, Optional<KeyBinding.Expected> binding) ->
          sdJwt(text, binding);
      case Submission.Proved(ObjectNode credential) -> proved(credential);
    };
  }

  /**
   * What was issued here, by its record. The record is the credential; a Data Integrity proof that
   * is given away with its JSON is checked where that JSON is what somebody holds.
   */
  public Verification verify(StoredCredential credential) {
    return jwt(credential.jwt());
  }

  private StoredCredential stored(String token) {
    return credentials
        .byToken(token)
        .orElseThrow(
            () ->
                ProblemType.NOT_FOUND.because(
                    "There is no certificate at that link; nothing more is told"));
  }

  private Verification json(StoredCredential credential) {
    return proofs.secured(credential).map(this::proved).orElseGet(() -> verify(credential));
  }

  private Verification jwt(String compact) {
    Jws jws = Jws.parse(compact);
    JsonNode credential = jws.payload();
    String issuer = issuer(credential);
    return key(jws.kid())
        .map(
            key ->
                Verification.of(
                    List.of(
                        Checks.signature(key, jws.typ().equals("vc+jwt") && jws.signedBy(key)),
                        Checks.issuer(key, key.did().equals(issuer), published(key)),
                        status(key, credential),
                        validity(credential)),
                    issuer,
                    credential))
        .orElseGet(() -> unknown(issuer));
  }

  private Verification proved(ObjectNode credential) {
    String issuer = issuer(credential);
    JsonNode proof = credential.path("proof");
    String method = (proof.isArray() ? proof.path(0) : proof).path("verificationMethod").asText();
    Optional<SigningKey> key = key(method);
    if (key.isPresent()) {
      return Verification.of(
          List.of(
              Checks.signature(verdicts(credential, VerificationMethod.ofKey(key.get()))),
              Checks.issuer(key.get(), key.get().did().equals(issuer), published(key.get())),
              status(key.get(), credential),
              validity(credential)),
          issuer,
          credential);
    }
    if (!issuer.startsWith("did:key:")) {
      return unknown(issuer);
    }
    List<ProofVerdict> verdicts = verdicts(credential, VerificationMethod::ofDidKey);
    return Verification.of(
        List.of(
            Checks.signature(verdicts),
            Checks.issuerIsKey(verdicts.stream().allMatch(ProofVerdict::holds)),
            // Nobody's lists but ours are read.
            credential.has("credentialStatus")
                ? Checks.status(Optional.empty())
                : Checks.withoutStatus(),
            validity(credential)),
        issuer,
        credential);
  }

  private List<ProofVerdict> verdicts(ObjectNode credential, VerificationMethods methods) {
    return integrity.verify(credential, methods, Expectation.ofCredential(clock.instant()));
  }

  private Verification sdJwt(String text, Optional<KeyBinding.Expected> binding) {
    SDJWT token;
    try {
      token = SDJWT.parse(text);
    } catch (RuntimeException | StackOverflowError e) {
      throw ProblemType.INVALID_BODY.because(
          "The SD-JWT is not well-formed: a JWT, a tilde, and disclosures with a tilde behind each");
    }
    Jws jws = Jws.parse(token.getCredentialJwt());
    JsonNode payload = jws.payload();
    String issuer = payload.path("iss").asText();
    return key(jws.kid())
        .map(
            key -> {
              Optional<JsonNode> disclosed =
                  jws.typ().equals("dc+sd-jwt") && jws.signedBy(key)
                      ? disclosed(payload, token)
                      : Optional.empty();
              Instant now = clock.instant();
              List<Check> checks = new ArrayList<>();
              checks.add(Checks.signature(key, disclosed.isPresent()));
              checks.add(Checks.issuer(key, key.did().equals(issuer), published(key)));
              checks.add(
                  payload.has("status")
                      ? Checks.status(statuses.ofToken(key.organization(), payload.path("status")))
                      : Checks.withoutStatus());
              checks.add(
                  Checks.validity(seconds(payload.path("nbf")), seconds(payload.path("exp")), now));
              KeyBinding.check(token, payload, binding, now).ifPresent(checks::add);
              return Verification.of(checks, issuer, disclosed.orElse(null));
            })
        .orElseGet(() -> unknown(issuer));
  }

  /** The claims with what is disclosed; empty where a disclosure is none that the issuer signed. */
  private static Optional<JsonNode> disclosed(JsonNode payload, SDJWT token) {
    try {
      return Optional.of(
          StrictJson.MAPPER.valueToTree(
              new SDObjectDecoder().decode(map(payload), token.getDisclosures())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A key of ours by either of its addresses, whether or not it still counts. */
  private Optional<SigningKey> key(String url) {
    String kid = url.substring(url.indexOf('#') + 1);
    String plain =
        kid.endsWith(MULTIKEY) ? kid.substring(0, kid.length() - MULTIKEY.length()) : kid;
    return keys.byKid(plain)
        .filter(key -> key.didUrl().equals(url) || key.multikeyUrl().equals(url));
  }

  /** Whether the organization's DID document has it today. */
  private boolean published(SigningKey key) {
    return keys.ofOrganization(key.organization()).stream()
        .anyMatch(one -> one.kid().equals(key.kid()));
  }

  private Check status(SigningKey key, JsonNode credential) {
    JsonNode status = credential.path("credentialStatus");
    if (status.isMissingNode()) {
      return Checks.withoutStatus();
    }
    Optional<Validity> validity = statuses.ofEntries(key.organization(), status);
    return Checks.status(validity);
  }

  private Check validity(JsonNode credential) {
    return Checks.validity(
        instant(credential.path("validFrom")),
        instant(credential.path("validUntil")),
        clock.instant());
  }

  private static Verification unknown(String issuer) {
    return Verification.of(List.of(Checks.unknownIssuer()), issuer, null);
  }

  private static String issuer(JsonNode credential) {
    JsonNode issuer = credential.path("issuer");
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
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    try {
      if (value.isIntegralNumber() && value.canConvertToLong()) {
        return Optional.of(Instant.ofEpochSecond(value.longValue()));
      }
    } catch (DateTimeException e) {
      // said below
    }
    throw ProblemType.INVALID_BODY.because(
        "A time of the SD-JWT (nbf, exp) is no number of seconds since 1970");
  }

  @SuppressWarnings("unchecked") // a JSON object is a map of strings
  private static Map<String, Object> map(JsonNode payload) {
    return StrictJson.MAPPER.convertValue(payload, Map.class);
  }
}
