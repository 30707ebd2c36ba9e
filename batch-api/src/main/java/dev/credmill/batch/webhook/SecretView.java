package dev.credmill.batch.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a webhook's messages are signed with. */
@Schema(name = "WebhookSecret")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SecretView(
    @Schema(examples = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD") String secret,
    Instant createdAt,
    @Schema(
            description =
                "Until when messages are signed with an older secret, too; absent where they are not")
        Instant oldSecretUntil) {

  /**
   * @param signing the newest first
   */
  static SecretView of(List<Secret> signing) {
    Secret newest = signing.getFirst();
    return new SecretView(
        newest.text(),
        newest.createdAt(),
        signing.stream().skip(1).map(Secret::endsAt).max(Instant::compareTo).orElse(null));
  }
}
