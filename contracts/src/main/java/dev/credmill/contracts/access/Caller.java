package dev.credmill.contracts.access;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.credmill.contracts.id.OrganizationId;
import java.security.Principal;

/**
 * Who calls: an API key and what it stands for.
 *
 * @param keyId names the key, is no secret, and is what "created by" says
 * @param organization the tenant; null for a platform admin only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Caller(String keyId, OrganizationId organization, Role role) implements Principal {
  public Caller {
    requireNonNull(keyId, "keyId");
    requireNonNull(role, "role");
    if ((organization == null) != (role == Role.PLATFORM_ADMIN)) {
      throw new IllegalArgumentException("only a platform admin has no organization: " + keyId);
    }
  }

  @Override
  @JsonIgnore
  public String getName() {
    return keyId;
  }
}
