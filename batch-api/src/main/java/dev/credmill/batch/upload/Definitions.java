package dev.credmill.batch.upload;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.Registry;
import jakarta.enterprise.context.ApplicationScoped;

/** The definitions that callers name. */
@ApplicationScoped
class Definitions {
  private final Registry registry;

  Definitions(Registry registry) {
    this.registry = registry;
  }

  /**
   * The definition of that id.
   *
   * @throws ProblemException when the organization has none such
   */
  CredentialDefinition known(OrganizationId organization, String id) {
    return registry
        .definition(organization, id)
        .orElseThrow(
            () ->
                ProblemType.DEFINITION_UNKNOWN.because(
                    "There is no definition \"%s\"; GET /v1/credential-definitions lists yours"
                        .formatted(id)));
  }

  /**
   * The same, to be issued.
   *
   * @throws ProblemException also when it is not published
   */
  CredentialDefinition published(OrganizationId organization, String id) {
    CredentialDefinition definition = known(organization, id);
    if (!definition.published()) {
      throw ProblemType.DEFINITION_NOT_PUBLISHED.because(
          "Publish it with POST /v1/credential-definitions/%s/publish".formatted(id));
    }
    return definition;
  }
}
