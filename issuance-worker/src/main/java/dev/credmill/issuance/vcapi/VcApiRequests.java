package dev.credmill.issuance.vcapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.StatusPurpose;
import dev.credmill.issuance.verify.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Reads the bodies of the VC API. */
final class VcApiRequests {
  private static final int LONGEST = 256 * 1024;

  private VcApiRequests() {}

  /**
   * A body with its options.
   *
   * @param options empty where there are none
   */
  record Request(ObjectNode body, JsonNode options) {
    /** A member that must be an object. */
    ObjectNode object(String member) {
      if (body.path(member) instanceof ObjectNode object) {
        return object;
      }
      throw ProblemType.INVALID_BODY.because("%s is missing or no JSON object".formatted(member));
    }

    /** For what there are to be status entries: {@code options.credentialStatus}, one or more. */
    Set<StatusPurpose> statusPurposes() {
      JsonNode wanted = options.path("credentialStatus");
      Set<StatusPurpose> purposes = EnumSet.noneOf(StatusPurpose.class);
      if (wanted.isObject()) {
        purposes.add(statusPurpose(wanted));
      } else {
        wanted.forEach(entry -> purposes.add(statusPurpose(entry)));
      }
      return purposes;
    }

    private static StatusPurpose statusPurpose(JsonNode entry) {
      return Arrays.stream(StatusPurpose.values())
          .filter(
              purpose ->
                  purpose.text().equals(entry.path("statusPurpose").asText())
                      && entry.path("type").asText().equals("BitstringStatusListEntry"))
          .findFirst()
          .orElseThrow(
              () ->
                  ProblemType.INVALID_BODY.because(
                      "options.credentialStatus has the type BitstringStatusListEntry and the statusPurpose revocation or suspension"));
    }

    /** The text of an option; null where it is absent. */
    String option(String name) {
      JsonNode value = options.path(name);
      if (value.isMissingNode() || value.isNull()) {
        return null;
      }
      if (!value.isTextual()) {
        throw ProblemType.INVALID_BODY.because("options.%s is a text".formatted(name));
      }
      return value.textValue();
    }
  }

  /**
   * The body of a call.
   *
   * @throws ProblemException where it is too long, or no JSON object
   */
  static Request read(InputStream stream) throws IOException {
    byte[] bytes = stream.readNBytes(LONGEST + 1);
    if (bytes.length > LONGEST) {
      throw ProblemType.TOO_LARGE.because("A body has at most %d bytes".formatted(LONGEST));
    }
    try {
      if (StrictJson.MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8))
          instanceof ObjectNode body) {
        JsonNode options = body.path("options");
        if (!options.isMissingNode() && !options.isObject()) {
          throw ProblemType.INVALID_BODY.because("options is an object");
        }
        return new Request(body, options);
      }
    } catch (JsonProcessingException e) {
      // said below
    }
    throw ProblemType.INVALID_BODY.because(
        "The body is one well-formed JSON object; each member may stand in it once");
  }
}
