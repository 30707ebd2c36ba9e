package dev.credmill.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.credmill.client.ApiClient;
import dev.credmill.client.ApiException;
import dev.credmill.client.api.BatchesApi;
import dev.credmill.client.api.CommandsApi;
import dev.credmill.client.api.RowsApi;
import dev.credmill.client.model.Batch;
import dev.credmill.client.model.BatchStatus;
import dev.credmill.client.model.Row;
import java.io.File;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * An integrator's program, whose client was generated from the API's description and nothing else.
 */
class GeneratedClientIT {
  private static final File SHEET = new File("../samples/diplomas.csv");
  private static QuickstartProcess quickstart;
  private static ApiClient client;

  @BeforeAll
  static void start() {
    quickstart = QuickstartProcess.start("generated-client");
    client = new ApiClient();
    client.updateBaseUri(quickstart.url());
    client.setRequestInterceptor(request -> request.header("X-API-Key", "acme-issuer-key"));
  }

  @AfterAll
  static void stop() {
    if (quickstart != null) {
      quickstart.close();
    }
  }

  @Test
  void uploadsABatchStartsItAndPollsItToItsEnd() throws ApiException {
    // Given
    BatchesApi batches = new BatchesApi(client);
    Batch uploaded =
        batches.uploadBatch(
            SHEET,
            null,
            "diploma",
            List.of(),
            null,
            null,
            null,
            "generated",
            "REVIEW",
            "stop",
            "warn",
            null,
            null);
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> batches.getBatch(uploaded.getId(), 5, null).getStatus() == BatchStatus.READY);
    // When
    new CommandsApi(client).issueBatch(uploaded.getId(), null);
    // Then
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> batches.getBatch(uploaded.getId(), 5, null).getStatus() == BatchStatus.COMPLETED);
    assertThat(batches.getBatch(uploaded.getId(), 0, null).getCounts().getIssued()).isEqualTo(200);
    Row row = new RowsApi(client).getRow(uploaded.getId(), "2");
    assertThat(row.getCredUrl()).startsWith(quickstart.url() + "/c/");
  }
}
