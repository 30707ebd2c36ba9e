package dev.credmill.batch.revocation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.credmill.contracts.event.DeliveryStatus;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of the messages that told a recipient of a change; absent where none was sent. */
@Schema(name = "Notice")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Notice(
    @JsonProperty("EMAIL") DeliveryStatus email, @JsonProperty("SMS") DeliveryStatus sms) {

  /** Null where there is nothing to tell. */
  static Notice of(String email, String sms) {
    return email == null && sms == null ? null : new Notice(status(email), status(sms));
  }

  private static DeliveryStatus status(String name) {
    return name == null ? null : DeliveryStatus.valueOf(name);
  }
}
