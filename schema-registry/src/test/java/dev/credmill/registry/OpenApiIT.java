package dev.credmill.registry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.backing.BackingTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
class OpenApiIT {
  @Test
  void everyCallIsNamedAndDescribedAndTheInternalOnesAreNotShown() throws IOException {
    // When
    JsonNode document =
        new ObjectMapper().readTree(given().get("/q/openapi?format=json").asByteArray());
    // Then
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      assertThat(path.getKey()).doesNotStartWith("/internal");
      for (Map.Entry<String, JsonNode> call : path.getValue().properties()) {
        String what = call.getKey() + " " + path.getKey();
        assertThat(call.getValue().path("operationId").asText()).as(what).isNotEmpty();
        assertThat(call.getValue().path("summary").asText()).as(what).isNotEmpty();
        assertThat(call.getValue().path("description").asText()).as(what).isNotEmpty();
        names.add(call.getValue().path("operationId").asText());
      }
    }
    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(22);
    JsonNode schemas = document.at("/components/schemas");
    assertThat(schemas.at("/ApiKey/properties").has("hash")).isFalse();
    assertThat(schemas.at("/CredentialDefinition/properties").has("status")).isTrue();
  }
}
