package dev.credmill.batch.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.credmill.batch.Batch;
import dev.credmill.batch.Mutations;
import dev.credmill.contracts.problem.ProblemException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.multipart.FileItem;
import org.jboss.resteasy.reactive.server.multipart.FormValue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the parts of an upload hold, they are taken or refused with a problem. */
@Tag("fuzz")
class MappingFuzz {
  @Test
  void accidents() {
    Mutations.of(anyParts().toList(), 1_000, MappingFuzz::parts);
  }

  @MethodSource
  @FuzzTest
  void anyParts(byte[] data) {
    parts(data);
  }

  static Stream<byte[]> anyParts() {
    return Stream.of(
            "{\"Vorname\": \"First Name\", \"Internal\": null}",
            "{\"a\\u0041\": 5, \"b\": true, \"c\": \"\\n\"}",
            "{\"a\": {\"b\": [1, 2, {}]}}")
        .map(text -> text.getBytes(UTF_8));
  }

  private static void parts(byte[] data) {
    String text = new String(data, UTF_8);
    FormParts parts =
        new FormParts(
            () ->
                Map.of(
                    "file", List.of(new Value(text, true)),
                    "mapping", List.of(new Value(text, false)),
                    "label", List.of(new Value(text, false)),
                    "medium", List.of(new Value(text, false))));
    assertThat(parts.fileName()).hasSizeBetween(0, 255).doesNotContainPattern("[\\p{Cntrl}/\\\\]");
    refusedOrNot(
        () ->
            assertThat(parts.mapping("mapping"))
                .allSatisfy(
                    (from, to) -> {
                      assertThat(from).doesNotContain("\0");
                      assertThat(to == null || to.indexOf('\0') < 0).isTrue();
                    }));
    refusedOrNot(() -> Batch.checkedLabel(parts.one("label")));
    refusedOrNot(() -> UploadRequest.media(parts));
  }

  private static void refusedOrNot(Runnable attempt) {
    try {
      attempt.run();
    } catch (ProblemException e) {
      assertThat(e.problem().status()).isBetween(400, 499);
      assertThat(e.problem().detail()).isNotBlank();
    }
  }

  /** A part as it was sent. */
  private record Value(String text, boolean isFileItem) implements FormValue {
    @Override
    public String getValue() {
      return text;
    }

    @Override
    public String getCharset() {
      return "UTF-8";
    }

    @Override
    public FileItem getFileItem() {
      return null;
    }

    @Override
    public String getFileName() {
      return text;
    }

    @Override
    public MultivaluedMap<String, String> getHeaders() {
      return new MultivaluedHashMap<>();
    }
  }
}
