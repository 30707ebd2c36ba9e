package dev.credmill.backing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerIT {
  @TempDir Path folder;

  @Test
  void topicsAreThereAfterARestart() throws Exception {
    // Given
    try (Broker broker = Broker.start(folder, 0)) {
      broker.createTopics(List.of("kept"), 3);
    }
    // When
    try (Broker broker = Broker.start(folder, 0)) {
      broker.createTopics(List.of("kept"), 3);
      // Then
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
        assertThat(
                admin
                    .describeTopics(List.of("kept"))
                    .allTopicNames()
                    .get()
                    .get("kept")
                    .partitions())
            .hasSize(3);
      }
    }
  }
}
