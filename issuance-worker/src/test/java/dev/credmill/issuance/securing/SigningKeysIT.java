package dev.credmill.issuance.securing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.issuance.RegistryTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(RegistryTestResource.class)
class SigningKeysIT {
  private static final Organization INITECH =
      new Organization(
          new OrganizationId("initech"),
          "Initech",
          "https://issuer.example",
          "did:web:issuer.example:orgs:initech");
  @Inject SigningKeyTable table;
  @Inject SecretKeyTable secretTable;
  @Inject MasterKey masterKey;
  @Inject KeyCustodies custodies;
  @Inject Secrets secrets;
  @Inject Clock clock;

  @Test
  void anotherProcessFindsTheSameKeyAndCanSignWithIt() {
    // Given
    SigningKey first = new SigningKeys(table, custodies, clock).current(INITECH);
    // When
    SigningKeys restarted = new SigningKeys(table, custodies, clock);
    SigningKey second = restarted.current(INITECH);
    byte[] signature = new byte[Signer.SIGNATURE_BYTES];
    SignatureProvider.CORRETTO
        .signer(new DatabaseCustody(table, masterKey))
        .sign(second, new byte[] {1, 2}, 2, signature);
    // Then
    assertThat(second.kid()).isEqualTo(first.kid());
    assertThat(second.jwsHeader()).isEqualTo(first.jwsHeader());
    assertThat(Ed25519.verifiedByJdk(first.publicKey(), new byte[] {1, 2}, 2, signature)).isTrue();
  }

  @Test
  void processesThatNeedAKeyAtOnceAgreeOnOne() {
    // Given
    Organization umbrella =
        new Organization(
            new OrganizationId("umbrella"), "Umbrella", "https://issuer.example", "did:web:u");
    // When
    var kids =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(_ -> new SigningKeys(table, custodies, clock).current(umbrella).kid())
            .distinct()
            .toList();
    // Then
    assertThat(kids).hasSize(1);
    assertThat(table.ofOrganization(umbrella.id())).hasSize(1);
  }

  @Test
  void anotherProcessHasTheSameSecrets() {
    // When
    Secrets restarted = new Secrets(secretTable, masterKey, clock);
    // Then
    for (SecretPurpose purpose : SecretPurpose.values()) {
      assertThat(restarted.get(purpose, (short) 1)).isEqualTo(secrets.get(purpose, (short) 1));
    }
  }

  @Test
  void anotherMasterKeyIsToldAsWhatItIs() {
    // Given
    String other = "/".repeat(42) + "8=";
    MasterKey wrong = new MasterKey(SecuringForTests.config(Map.of("issuance.master-key", other)));
    // When, then
    assertThatThrownBy(() -> new Secrets(secretTable, wrong, clock))
        .hasMessageContaining("give the service the master key that this database was begun with");
  }

  @Test
  void aProcessNoticesWithinSecondsThatAnotherOneRevokedAKey() {
    // Given
    Organization organization = organization("hooli");
    SigningKeys here = new SigningKeys(table, custodies, clock);
    SigningKeys there = new SigningKeys(table, custodies, clock);
    String kid = here.current(organization).kid();
    assertThat(there.byKid(kid).orElseThrow().status()).isEqualTo(KeyStatus.CURRENT);
    // When
    here.rotate(organization, KeyAlgorithm.ED25519);
    here.revoke(organization.id(), kid, "stolen");
    // Then
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> there.byKid(kid).orElseThrow().status() == KeyStatus.REVOKED);
    assertThat(there.ofOrganization(organization.id()))
        .extracting(SigningKey::kid)
        .doesNotContain(kid)
        .hasSize(1);
  }

  @Test
  void rotationsAtOnceLeaveOneCurrentKey() {
    // Given
    Organization organization = organization("stark");
    new SigningKeys(table, custodies, clock).current(organization);
    // When
    IntStream.range(0, 8)
        .parallel()
        .forEach(
            _ ->
                new SigningKeys(table, custodies, clock)
                    .rotate(organization, KeyAlgorithm.ED25519));
    // Then
    assertThat(table.ofOrganization(organization.id()))
        .filteredOn(one -> one.key().status() == KeyStatus.CURRENT)
        .hasSize(1);
  }

  @Test
  void aCurrentKeyIsNotRevokedBeforeAnotherHasTakenItsPlace() {
    // Given
    Organization organization = organization("wayne");
    SigningKeys keys = new SigningKeys(table, custodies, clock);
    SigningKey key = keys.current(organization);
    // When
    keys.revoke(organization.id(), key.kid(), "stolen");
    // Then
    assertThat(keys.current(organization).kid()).isEqualTo(key.kid());
  }

  private static Organization organization(String slug) {
    return new Organization(
        new OrganizationId(slug),
        slug,
        "https://issuer.example",
        "did:web:issuer.example:orgs:" + slug);
  }
}
