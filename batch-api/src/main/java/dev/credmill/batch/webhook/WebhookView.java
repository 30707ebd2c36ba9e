package dev.credmill.batch.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A webhook as its organization sees it. */
@Schema(name = "Webhook")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WebhookView(
    @Schema(examples = "01939a5e-7b1a-7c3d-9e2f-5a4b3c2d1e0f") String id,
    String url,
    List<String> eventTypes,
    String description,
    Status status,
    @Schema(description = "Why and since when nothing is sent to it; absent where it is enabled")
        Disabled disabled,
    @Schema(
            description =
                "Nothing but failures since then; absent where the last attempt succeeded")
        Instant failingSince,
    Instant createdAt,
    @Schema(
            description = "What its messages are signed with; only in the answer that makes it",
            examples = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD")
        String secret) {

  /** Whether anything is sent to it. */
  @Schema(name = "WebhookStatus")
  public enum Status {
    ENABLED,
    DISABLED
  }

  /**
   * @param reason {@code SWITCHED_OFF} by somebody, {@code GONE} (it answered 410), {@code FAILING}
   *     for days
   */
  @Schema(name = "WebhookDisabled")
  public record Disabled(
      @Schema(
              description = "SWITCHED_OFF by you, GONE (it answered 410) or FAILING for days",
              examples = "GONE")
          String reason,
      Instant at) {}

  static WebhookView of(Webhook webhook) {
    return of(webhook, null);
  }

  static WebhookView of(Webhook webhook, Secret secret) {
    return new WebhookView(
        webhook.id.toString(),
        webhook.url,
        webhook.eventTypes,
        webhook.description,
        webhook.disabled() ? Status.DISABLED : Status.ENABLED,
        webhook.disabled()
            ? new Disabled(webhook.disabledBecause.name(), webhook.disabledAt)
            : null,
        webhook.failingSince,
        webhook.createdAt,
        secret == null ? null : secret.text());
  }
}
