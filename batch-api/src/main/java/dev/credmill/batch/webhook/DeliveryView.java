package dev.credmill.batch.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A message to a webhook, and what became of it. */
@Schema(name = "WebhookDelivery")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeliveryView(
    @Schema(
            description = "What the message's header webhook-id says",
            examples = "msg_01939a5e7b1a7c3d9e2f5a4b3c2d1e0f")
        String id,
    @Schema(examples = "row.issued") String type,
    String batchId,
    Status status,
    Instant createdAt,
    @Schema(description = "Absent where nothing more is tried, and while an attempt is under way")
        Instant nextAttemptAt,
    List<Tried> attempts) {

  /** How far it has come. */
  @Schema(name = "WebhookDeliveryStatus")
  public enum Status {
    PENDING,
    DELIVERED,
    FAILED
  }

  /** One attempt. */
  @Schema(name = "WebhookAttempt")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Tried(
      Instant at,
      @Schema(description = "Of the answer; absent where there was none", examples = "503")
          Integer statusCode,
      @Schema(examples = "84") int durationMillis,
      @Schema(
              description =
                  "UNKNOWN_HOST, ADDRESS_REFUSED, NOT_CONNECTED, TLS_FAILED, TIMEOUT, BROKEN_OFF, REDIRECTED, GONE or REFUSED; absent where it was delivered",
              examples = "REFUSED")
          String error) {}
}
