package dev.credmill.registry.apikey;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A new API key together with the key itself, which nobody will be shown again. */
public record ShownOnce(
    @Schema(description = "Send it as X-API-Key; it cannot be shown again") String key,
    @JsonUnwrapped ApiKey made) {
  /** The key stays out of logs. */
  @Override
  public String toString() {
    return "ShownOnce[" + made.id() + "]";
  }
}
