package dev.credmill.contracts.registry;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What makes a definition's credentials Open Badges 3.0: the achievement that they speak of. Its
 * name and description are the definition's.
 *
 * @param achievementType a word of the standard's vocabulary, or one of one's own that begins with
 *     {@code ext:}; null to say nothing
 * @param criteria what had to be done for it; Markdown
 * @param image the address of its picture; null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OpenBadge(String achievementType, String criteria, String image) {
  public OpenBadge {
    requireNonNull(criteria, "criteria");
  }
}
