package dev.credmill.contracts.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.id.OrganizationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegistryTest {
  private static final OrganizationId ACME = new OrganizationId("acme");
  private final Catalogue catalogue = new Catalogue();
  private final Registry registry = new Registry(catalogue);

  @Test
  void theCatalogueIsRememberedForAWhile() {
    // Given
    catalogue.published.add(definition("first"));
    registry.publishedDefinitions(ACME);
    // When
    catalogue.published.add(definition("second"));
    // Then
    assertThat(registry.publishedDefinitions(ACME)).containsExactly(definition("first"));
  }

  @Test
  void aCatalogueThatLacksADefinitionThatIsKnownIsAskedForAgain() {
    // Given
    catalogue.published.add(definition("first"));
    registry.publishedDefinitions(ACME);
    catalogue.published.add(definition("second"));
    // When
    registry.definition(ACME, "second");
    // Then
    assertThat(registry.publishedDefinitions(ACME))
        .containsExactly(definition("first"), definition("second"));
  }

  private static CredentialDefinition definition(String id) {
    return new CredentialDefinition(
        id,
        ACME,
        true,
        "Name of " + id,
        null,
        "DiplomaCredential",
        "diploma",
        JsonMapper.builder().build().createObjectNode(),
        List.of(),
        null,
        null,
        List.of("vc+jwt"),
        Set.of(StatusPurpose.REVOCATION),
        Set.of(),
        null,
        null);
  }

  /** A registry with definitions alone. */
  private static final class Catalogue implements RegistryClient {
    private final List<CredentialDefinition> published = new ArrayList<>();

    @Override
    public CredentialDefinition definition(String id) {
      return published.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    }

    @Override
    public DefinitionPage publishedDefinitions(String id, int limit, String cursor) {
      return new DefinitionPage(published, null);
    }

    @Override
    public Caller caller(String hash) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Organization organization(String id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CertificateTemplate certificateTemplate(String id) {
      throw new UnsupportedOperationException();
    }
  }
}
