package dev.credmill.issuance.securing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import dev.credmill.issuance.RegistryTestResource;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class DidDocumentTest {
  private static final String DID = RegistryTestResource.ACME.did();
  private final SigningKey key = new SecuringForTests().keyOf(RegistryTestResource.ACME);
  private final JsonNode document =
      JsonMapper.builder().build().valueToTree(DidDocument.of(DID, List.of(key)));

  @Test
  void theSameKeyStandsThereAsJsonWebKeyAndAsMultikey() throws Exception {
    // When
    JsonNode jsonWebKey = document.at("/verificationMethod/0");
    JsonNode multikey = document.at("/verificationMethod/1");
    // Then
    assertThat(document.at("/@context/0").asText()).isEqualTo("https://www.w3.org/ns/did/v1");
    assertThat(document.at("/id").asText()).isEqualTo(DID);
    assertThat(jsonWebKey.at("/id").asText()).isEqualTo(DID + "#" + key.kid());
    assertThat(jsonWebKey.at("/type").asText()).isEqualTo("JsonWebKey");
    assertThat(jsonWebKey.at("/controller").asText()).isEqualTo(DID);
    assertThat(multikey.at("/id").asText()).isEqualTo(DID + "#" + key.kid() + "-mk");
    assertThat(multikey.at("/type").asText()).isEqualTo("Multikey");
    assertThat(multikey.at("/controller").asText()).isEqualTo(DID);
    assertThat(multikey.at("/publicKeyMultibase").asText()).startsWith("z6Mk");
    assertThat(document.at("/assertionMethod/0").asText()).isEqualTo(jsonWebKey.at("/id").asText());
    assertThat(document.at("/assertionMethod/1").asText()).isEqualTo(multikey.at("/id").asText());
  }

  @Test
  void theKeyIdIsTheThumbprintThatAForeignLibraryComputes() throws Exception {
    // When
    OctetKeyPair jwk =
        OctetKeyPair.parse(document.at("/verificationMethod/0/publicKeyJwk").toString());
    // Then
    assertThat(jwk.isPrivate()).isFalse();
    assertThat(jwk.computeThumbprint().toString()).isEqualTo(key.kid());
    assertThat(jwk.getDecodedX()).isEqualTo(key.publicKey());
  }

  /** The key of the first example in Controlled Identifiers 1.0, 2.2.2. */
  @Test
  void theMultibaseIsThatOfTheStandard() {
    byte[] publicKey =
        HexFormat.of().parseHex("2e6fcce36701dc791488e0d0b1745cc1e33a4c1c9fcc41c63bd343dbbe0970e6");
    assertThat(DidDocument.multibase(KeyAlgorithm.ED25519, publicKey))
        .isEqualTo("z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK");
  }

  @Test
  void aP256KeyIsReadByAForeignLibrary() throws Exception {
    // Given
    SigningKey p256 = new SecuringForTests().keyOf(RegistryTestResource.ACME, KeyAlgorithm.P256);
    // When
    JsonNode methods =
        JsonMapper.builder()
            .build()
            .valueToTree(DidDocument.of(DID, List.of(p256)))
            .get("verificationMethod");
    ECKey jwk = ECKey.parse(methods.at("/0/publicKeyJwk").toString());
    // Then
    assertThat(jwk.isPrivate()).isFalse();
    assertThat(jwk.computeThumbprint().toString()).isEqualTo(p256.kid());
    assertThat(methods.at("/1/publicKeyMultibase").asText()).startsWith("zDn");
  }
}
