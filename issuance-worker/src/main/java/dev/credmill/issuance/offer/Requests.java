package dev.credmill.issuance.offer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.credmill.contracts.problem.ProblemType;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The bodies that wallets send, as far as they are well-formed. */
final class Requests {
  static final int LONGEST = 256 * 1024;
  private static final int MOST_PARAMETERS = 100;
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(32).build())
                  .build())
          .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Requests() {}

  /**
   * A JSON object.
   *
   * @param error what it is where it is none
   */
  static JsonNode object(InputStream body, Function<String, ProtocolError> error) {
    try {
      JsonNode read = JSON.readTree(bytes(body, error));
      if (read.isObject()) {
        return read;
      }
    } catch (IOException e) {
      // said below
    }
    throw error.apply("The body must be one JSON object, each member given once");
  }

  /** The parameters of a form (RFC 6749, appendix B), none given twice; empty ones are left out. */
  static Map<String, String> form(InputStream body) {
    String text;
    try {
      text =
          UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes(body, ProtocolError::invalidRequest)))
              .toString();
    } catch (CharacterCodingException e) {
      throw ProtocolError.invalidRequest("The body is not UTF-8");
    } catch (IOException e) {
      throw ProtocolError.invalidRequest("The body was cut off");
    }
    Map<String, List<String>> parameters;
    try {
      parameters = new QueryStringDecoder(text, UTF_8, false, MOST_PARAMETERS).parameters();
    } catch (IllegalArgumentException e) {
      throw ProtocolError.invalidRequest("The body is no form");
    }
    Map<String, String> once = new HashMap<>();
    parameters.forEach(
        (name, values) -> {
          if (values.size() > 1) {
            throw ProtocolError.invalidRequest("A parameter is given twice");
          }
          if (!values.getFirst().isEmpty()) {
            once.put(name, values.getFirst());
          }
        });
    return once;
  }

  /** The values of the parameter {@code format} of a form; empty where there is no form. */
  static List<String> formats(InputStream body) {
    try {
      String text = new String(bytes(body, why -> ProblemType.TOO_LARGE.because(why)), UTF_8);
      return new QueryStringDecoder(text, UTF_8, false, MOST_PARAMETERS)
          .parameters()
          .getOrDefault("format", List.of());
    } catch (IOException | IllegalArgumentException e) {
      throw ProblemType.INVALID_REQUEST.because("The body must be a form, or be left out");
    }
  }

  static Optional<String> text(JsonNode object, String member) {
    JsonNode value = object.path(member);
    return value.isTextual() && !value.asText().isEmpty()
        ? Optional.of(value.asText())
        : Optional.empty();
  }

  private static byte[] bytes(InputStream body, Function<String, ? extends RuntimeException> error)
      throws IOException {
    byte[] bytes = body == null ? new byte[0] : body.readNBytes(LONGEST + 1);
    if (bytes.length > LONGEST) {
      throw error.apply("The body has at most %d bytes".formatted(LONGEST));
    }
    return bytes;
  }
}
