package dev.credmill.notification.callback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.contracts.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;

/** The body of a callback, which anybody may send. */
public final class CallbackBody {
  private CallbackBody() {}

  /**
   * All of it.
   *
   * @param most bytes that it may have
   */
  public static byte[] read(InputStream body, int most) throws IOException {
    byte[] bytes = body.readNBytes(most + 1);
    if (bytes.length > most) {
      throw ProblemType.TOO_LARGE.because("A callback has %d bytes at most".formatted(most));
    }
    return bytes;
  }

  public static JsonNode json(ObjectMapper json, byte[] body) {
    try {
      return json.readTree(body);
    } catch (IOException _) {
      throw ProblemType.INVALID_BODY.because("The body of a callback is JSON");
    }
  }
}
