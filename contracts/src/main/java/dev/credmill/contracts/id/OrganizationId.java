package dev.credmill.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The tenant: the slug that its DID, its pages and its rows carry, such as {@code acme}. */
public record OrganizationId(@JsonValue String value) {
  private static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

  @JsonCreator
  public OrganizationId {
    if (value == null || !SLUG.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "an organization is named by 1 to 40 of a-z, 0-9 and inner hyphens: " + value);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
