package dev.credmill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the linter of the build does not look at in the API's description. */
class OpenApiTest {
  private static final Path DOCUMENT = Path.of("../quickstart/target/openapi/openapi.json");

  @Test
  void everyCallIsDescribedWithAnExampleAndEveryParameterWithWords() throws IOException {
    // When
    JsonNode document = new ObjectMapper().readTree(DOCUMENT.toFile());
    // Then
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      assertThat(path.getKey()).doesNotStartWith("/internal").doesNotStartWith("/dev");
      for (Map.Entry<String, JsonNode> call : path.getValue().properties()) {
        String what = call.getKey() + " " + path.getKey();
        assertThat(call.getValue().path("summary").asText()).as(what).isNotBlank();
        assertThat(call.getValue().path("description").asText()).as(what).isNotBlank();
        assertThat(hasExample(call.getValue())).as("example of " + what).isTrue();
        for (JsonNode parameter : call.getValue().path("parameters")) {
          String which = what + " " + parameter.path("name").asText();
          assertThat(parameter.path("description").asText()).as(which).isNotBlank();
        }
        names.add(call.getValue().path("operationId").asText());
      }
    }
    assertThat(names).doesNotContain("").doesNotHaveDuplicates().hasSizeGreaterThan(40);
  }

  private static boolean hasExample(JsonNode call) {
    for (JsonNode response : call.path("responses")) {
      for (JsonNode content : response.path("content")) {
        if (content.has("example") || content.has("examples")) {
          return true;
        }
      }
    }
    return false;
  }
}
