package dev.credmill.registry.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.credmill.contracts.id.OrganizationId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DidWebTest {
  private static final OrganizationId ACME = new OrganizationId("acme");

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, did:web:localhost%3A8080:orgs:acme",
    "https://credentials.example.org, did:web:credentials.example.org:orgs:acme",
    "https://example.org/vc/v1, did:web:example.org:vc:v1:orgs:acme",
    "https://example.org:8443/a%20b, did:web:example.org%3A8443:a%20b:orgs:acme"
  })
  void theAddressBecomesTheIdentifier(String publicUrl, String did) {
    assertThat(DidWeb.of(publicUrl, ACME).value()).isEqualTo(did);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8080", "http://[::1]:8080", "http://my_host"})
  void anAddressWithoutAHostNameIsRefused(String publicUrl) {
    assertThatIllegalArgumentException().isThrownBy(() -> DidWeb.of(publicUrl, ACME));
  }
}
