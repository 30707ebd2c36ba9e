package dev.credmill.contracts.registry;

import java.util.List;

/**
 * A part of an organization's definitions.
 *
 * @param next the cursor of what follows; null where nothing does
 */
public record DefinitionPage(List<CredentialDefinition> items, String next) {
  public DefinitionPage {
    items = List.copyOf(items);
  }
}
