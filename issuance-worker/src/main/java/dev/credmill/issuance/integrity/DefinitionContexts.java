package dev.credmill.issuance.integrity;

import dev.credmill.contracts.registry.DefinitionContext;
import dev.credmill.contracts.registry.Registry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The contexts of our own published definitions, made of what the registry says of them. */
@ApplicationScoped
class DefinitionContexts implements ContextSource {
  private static final Pattern ADDRESS =
      Pattern.compile("https?://[^?#]{1,500}/contexts/([A-Za-z0-9._-]{1,64})");
  private final Registry registry;

  DefinitionContexts(Registry registry) {
    this.registry = registry;
  }

  @Override
  public Optional<String> find(String url) {
    Matcher address = ADDRESS.matcher(url);
    return address.matches()
        ? registry
            .publishedDefinition(address.group(1))
            .flatMap(
                definition ->
                    registry
                        .organization(definition.organization())
                        .map(
                            organization ->
                                DefinitionContext.of(definition, organization.publicUrl())))
            .filter(context -> context.url().equals(url))
            .map(context -> context.json().toString())
        : Optional.empty();
  }
}
