package dev.credmill.issuance.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What somebody wants to have verified, told apart by its looks. */
public sealed interface Submission {
  /** A certificate link of ours; whatever its host says, only the token counts. */
  record Link(String token, Form form) implements Submission {
    /** Which of the documents behind a link is meant. */
    public enum Form {
      /** The page, a picture of it, and {@code .jwt}: the record. */
      RECORD,
      /** {@code .json}: the credential with the proofs that it has, if any. */
      JSON
    }
  }

  /** A compact JWS. */
  record Jwt(String compact) implements Submission {}

  /** An SD-JWT with its disclosures, and perhaps a key-binding JWT. */
  record SdJwt(String text, Optional<KeyBinding.Expected> binding) implements Submission {}

  /** A credential with a Data Integrity proof. */
  record Proved(ObjectNode credential) implements Submission {}

  Pattern LINK = Pattern.compile("https?://\\S+/c/([A-Za-z0-9_-]{1,64})(?:\\.([a-z]{1,5}))?");
  Pattern JWT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
  Pattern SD_JWT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+~[A-Za-z0-9_~.-]*");
  String ENVELOPE = "data:application/vc+jwt,";

  /**
   * What a text is.
   *
   * @throws ProblemException when it is nothing that can be verified
   */
  static Submission of(String text) {
    String stripped = text.strip();
    Matcher link = LINK.matcher(stripped);
    if (link.matches()) {
      return new Link(
          link.group(1), "json".equals(link.group(2)) ? Link.Form.JSON : Link.Form.RECORD);
    }
    if (JWT.matcher(stripped).matches()) {
      return new Jwt(stripped);
    }
    if (SD_JWT.matcher(stripped).matches()) {
      return new SdJwt(stripped, Optional.empty());
    }
    if (stripped.startsWith("{")) {
      try {
        return of(StrictJson.MAPPER.readTree(stripped));
      } catch (JsonProcessingException e) {
        throw notACredential();
      }
    }
    throw notACredential();
  }

  /** The same of JSON: a text, or a credential that is secured by a proof or in an envelope. */
  static Submission of(JsonNode json) {
    if (json.isTextual()) {
      return of(json.textValue());
    }
    if (!(json instanceof ObjectNode credential)) {
      throw notACredential();
    }
    String id = credential.path("id").asText();
    if (id.startsWith(ENVELOPE)) {
      return of(id.substring(ENVELOPE.length()));
    }
    if (!credential.has("proof")) {
      throw ProblemType.INVALID_BODY.because(
          "The credential has no proof, so nobody can say who made it; send it as it was issued, such as the .jwt of its page");
    }
    return new Proved(credential);
  }

  private static ProblemException notACredential() {
    return ProblemType.INVALID_BODY.because(
        "That is no credential: send a vc+jwt, an SD-JWT VC, a JSON credential with its proof, or the link of a certificate page");
  }
}
