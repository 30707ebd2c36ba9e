package dev.credmill.registry.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One page of a list, newest first. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Page<T>(
    List<T> items,
    @Schema(
            description = "Send it as `cursor` to get what follows; null where nothing does",
            nullable = true)
        String next) {
  public Page {
    items = List.copyOf(items);
  }
}
