package dev.credmill.registry.internal;

import static dev.credmill.registry.Calls.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.access.ApiKeys;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.registry.CertificateTemplate;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.CredentialDefinition.Column;
import dev.credmill.contracts.registry.DefinitionPage;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.RegistryClient;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The other services' client against the real thing. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
class InternalIT {
  private static final OrganizationId ACME = new OrganizationId("acme");
  private RegistryClient client;

  @BeforeEach
  void connect() {
    client =
        QuarkusRestClientBuilder.newBuilder()
            .baseUri(URI.create("http://localhost:" + RestAssured.port))
            .build(RegistryClient.class);
  }

  @Test
  void theClientGetsWhoStandsBehindAKey() {
    Caller caller = client.caller(ApiKeys.hash("acme-issuer-key"));
    assertThat(caller.organization()).isEqualTo(ACME);
    assertThat(caller.role()).isEqualTo(Role.ISSUER);
    assertThat(client.caller(ApiKeys.hash("platform-admin-key")).organization()).isNull();
  }

  @Test
  void theClientGetsAnOrganization() {
    assertThat(client.organization("acme"))
        .isEqualTo(
            new Organization(
                ACME,
                "Acme University",
                "http://localhost:8080",
                "did:web:localhost%3A8080:orgs:acme"));
  }

  @Test
  void theClientGetsADefinitionWithAllThatIssuingNeeds() {
    CredentialDefinition diploma = client.definition("diploma");
    assertThat(diploma.published()).isTrue();
    assertThat(diploma.hasCertificate()).isTrue();
    assertThat(diploma.certificateTemplateId()).isEqualTo("diploma");
    assertThat(diploma.formats()).containsExactly("vc+jwt", "dc+sd-jwt");
    assertThat(diploma.columns())
        .containsExactly(
            new Column("Degree", "degree", true),
            new Column("Field of Study", "fieldOfStudy", true),
            new Column("Graduation Date", "graduationDate", true),
            new Column("Honours", "honours", false));
    assertThat(diploma.claimsSchema().at("/properties/graduationDate/format").asText())
        .isEqualTo("date");
    assertThat(client.definition("membership").validity()).isEqualTo("P1Y");
  }

  @Test
  void theClientGetsATemplate() {
    CertificateTemplate template = client.certificateTemplate("diploma");
    assertThat(template.published()).isTrue();
    assertThat(template.organization()).isEqualTo(ACME);
    assertThat(template.svg()).contains("<svg");
  }

  @Test
  void theClientGetsWhatAnOrganizationHasPublishedPageByPage() {
    // Given
    List<String> byPages = new ArrayList<>();
    // When
    DefinitionPage page = client.publishedDefinitions("acme", 1, null);
    byPages.add(page.items().getFirst().id());
    while (page.next() != null) {
      page = client.publishedDefinitions("acme", 1, page.next());
      byPages.addAll(page.items().stream().map(CredentialDefinition::id).toList());
    }
    // Then
    assertThat(byPages).doesNotHaveDuplicates().contains("diploma", "membership");
    assertThat(client.publishedDefinitions("acme", 200, null).items())
        .allMatch(CredentialDefinition::published)
        .extracting(CredentialDefinition::id)
        .containsExactlyElementsOf(byPages);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/internal/api-keys/0000",
        "/internal/api-keys/%00",
        "/internal/organizations/none",
        "/internal/organizations/%00",
        "/internal/organizations/No%20Such",
        "/internal/credential-definitions/none",
        "/internal/credential-definitions/%00",
        "/internal/certificate-templates/none",
        "/internal/organizations/none/credential-definitions"
      })
  void whatIsNotThereIs404(String path) {
    service().urlEncodingEnabled(false).get(path).then().statusCode(404);
  }
}
