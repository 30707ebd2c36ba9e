package dev.credmill.contracts.registry;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.credmill.contracts.id.OrganizationId;

/**
 * A tenant as the other services know it.
 *
 * @param name what recipients read
 * @param publicUrl the public address, fixed when the organization was created
 * @param did its decentralized identifier, {@code did:web} made of that address
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Organization(OrganizationId id, String name, String publicUrl, String did) {
  public Organization {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    requireNonNull(publicUrl, "publicUrl");
    requireNonNull(did, "did");
  }
}
