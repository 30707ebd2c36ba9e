package dev.credmill.issuance.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.credmill.issuance.copy.HolderKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HolderKeysTest {
  /** From the did:key specification. */
  private static final String DID_KEY_ED25519 =
      "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";

  private static final String DID_KEY_P256 =
      "did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169";

  @Test
  void aDidKeyIsItsKey() {
    // When
    HolderKey ed25519 =
        HolderKeys.named(DID_KEY_ED25519 + "#" + DID_KEY_ED25519.substring("did:key:".length()));
    HolderKey p256 = HolderKeys.named(DID_KEY_P256);
    // Then
    assertThat(ed25519.did()).isEqualTo(DID_KEY_ED25519);
    assertThat(((OctetKeyPair) ed25519.jwk()).getX().toString())
        .isEqualTo("Lm_M42cB3HkUiODQsXRcweM6TByfzEHGO9ND274JcOY");
    assertThat(((ECKey) p256.jwk()).getX().toString())
        .isEqualTo("fyNYMN0976ci7xqiSdag3buk-ZCwgXU4kz9XNkBlNUI");
    assertThat(((ECKey) p256.jwk()).getY().toString())
        .isEqualTo("hW2ojTNfH7Jbi8--CJUo3OCbH3y5n91g-IMA9MLMbTU");
  }

  @Test
  void aDidJwkIsItsKeyWithoutWhatElseStandsInIt() throws Exception {
    // Given
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("mine").generate().toPublicJWK();
    String did = "did:jwk:" + Base64URL.encode(key.toJSONString());
    // When
    HolderKey named = HolderKeys.named(did + "#0");
    // Then
    assertThat(named.did()).isEqualTo(did);
    assertThat(named.jwk().getKeyID()).isNull();
    assertThat(named.jwk().computeThumbprint()).isEqualTo(key.computeThumbprint());
  }

  @Test
  void aPrivateKeyIsRefused() throws Exception {
    // Given
    JWK key = new ECKeyGenerator(Curve.P_256).generate();
    // Then
    assertThatThrownBy(() -> HolderKeys.given(key)).isInstanceOf(ProtocolError.class);
    String did = "did:jwk:" + Base64URL.encode(key.toJSONString());
    assertThatThrownBy(() -> HolderKeys.named(did)).isInstanceOf(ProtocolError.class);
  }

  @Test
  void onlyP256AndEd25519AreTaken() throws Exception {
    for (JWK key :
        new JWK[] {
          new ECKeyGenerator(Curve.P_384).generate().toPublicJWK(),
          new RSAKeyGenerator(2048).generate().toPublicJWK()
        }) {
      assertThatThrownBy(() -> HolderKeys.given(key)).isInstanceOf(ProtocolError.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "k1",
        "did:web:evil.example#k1",
        "https://evil.example/jwks#k1",
        "did:key:",
        "did:key:z",
        "did:key:zDn",
        "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2do",
        "did:key:z0OIl",
        "did:key:uAQID",
        "did:jwk:",
        "did:jwk:bm8ganNvbg",
        "did:jwk:****"
      })
  void whatIsNoKeyIsRefusedAndNothingIsFetched(String kid) {
    assertThatThrownBy(() -> HolderKeys.named(kid))
        .isInstanceOf(ProtocolError.class)
        .hasMessage("invalid_proof");
  }
}
