package dev.credmill.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.batch.webhook.WebhookConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BatchConfigTest {
  @Test
  void theDefaultsAreThese() {
    // When
    BatchConfig config =
        new SmallRyeConfigBuilder()
            .withConverter(
                io.quarkus.runtime.configuration.MemorySize.class,
                100,
                new io.quarkus.runtime.configuration.MemorySizeConverter())
            .withConverter(
                Duration.class, 100, new io.quarkus.runtime.configuration.DurationConverter())
            .withMapping(BatchConfig.class)
            .build()
            .getConfigMapping(BatchConfig.class);
    // Then
    assertThat(config.maxFileSize().asLongValue()).isEqualTo(512L << 20);
    assertThat(config.maxRows()).isEqualTo(1_000_000);
    assertThat(config.maxColumns()).isEqualTo(512);
    assertThat(config.maxCell()).isEqualTo(64 << 10);
    assertThat(config.maxRecord()).isEqualTo(1 << 20);
    assertThat(config.workbook().maxEntries()).isEqualTo(1_000);
    assertThat(config.workbook().maxPart().asLongValue()).isEqualTo(1L << 30);
    assertThat(config.workbook().maxInflated().asLongValue()).isEqualTo(2L << 30);
    assertThat(config.workbook().maxRatio()).isEqualTo(200);
    assertThat(config.workbook().maxListing().asLongValue()).isEqualTo(1 << 20);
    assertThat(config.workbook().maxStyles().asLongValue()).isEqualTo(16 << 20);
    assertThat(config.workbook().maxSharedStrings()).isEqualTo(10_000_000);
    assertThat(config.workbook().maxSharedText().asLongValue()).isEqualTo(512L << 20);
    assertThat(config.workbook().maxDepth()).isEqualTo(64);
    assertThat(config.workbook().maxNames()).isEqualTo(2_000);
    assertThat(config.phoneRegion()).isEmpty();
    assertThat(config.organizationMaxRows()).isEmpty();
    assertThat(config.uploadChecks()).isEqualTo(2);
    assertThat(config.maxCorrections()).isEqualTo(20_000);
    assertThat(config.validationChunk()).isEqualTo(4_000);
    assertThat(config.relayChunk()).isEqualTo(1_000);
    assertThat(config.relayWindow()).isEqualTo(8_000);
    assertThat(config.relayWindowLeast()).isEqualTo(2_000);
    assertThat(config.lease()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.pollInterval()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.stallAfter()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.messagesOverdueAfter()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.longestWait()).isEqualTo(Duration.ofSeconds(60));
    WebhookConfig webhooks = config.webhooks();
    assertThat(webhooks.masterKeyFile()).isEmpty();
    assertThat(webhooks.masterKey()).isEmpty();
    assertThat(webhooks.perOrganization()).isEqualTo(10);
    assertThat(webhooks.allowedNetworks()).isEmpty();
    assertThat(webhooks.plainHttp()).isFalse();
    assertThat(webhooks.rowsPerMessage()).isEqualTo(1_000);
    assertThat(webhooks.linger()).isEqualTo(Duration.ofSeconds(5));
    assertThat(webhooks.inFlight()).isEqualTo(64);
    assertThat(webhooks.inFlightPerWebhook()).isEqualTo(4);
    assertThat(webhooks.timeout()).isEqualTo(Duration.ofSeconds(15));
    assertThat(webhooks.retryFirst()).isEqualTo(Duration.ofSeconds(10));
    assertThat(webhooks.retryLongest()).isEqualTo(Duration.ofHours(4));
    assertThat(webhooks.retryFor()).isEqualTo(Duration.ofDays(1));
    assertThat(webhooks.disableAfter()).isEqualTo(Duration.ofDays(5));
    assertThat(webhooks.secretOverlap()).isEqualTo(Duration.ofDays(1));
    assertThat(webhooks.retention()).isEqualTo(Duration.ofDays(30));
  }
}
