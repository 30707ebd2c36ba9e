package dev.credmill.issuance.securing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credmill.issuance.RegistryTestResource;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckedSignerTest {
  private final SecuringForTests securing = new SecuringForTests();
  private final SigningKey key = securing.keyOf(RegistryTestResource.ACME);
  private final Set<String> seen = new HashSet<>();
  private final CheckedSigner.Check check = new CheckedSigner.Check(1_000, seen);

  @ParameterizedTest
  @EnumSource(names = {"CORRETTO", "BOUNCY_CASTLE"})
  void aRightFirstSignaturePasses(SignatureProvider provider) {
    // Given
    Signer signer = new CheckedSigner(provider, provider.signer(securing.database), check);
    // When
    signer.sign(key, new byte[100], 90, new byte[Signer.SIGNATURE_BYTES]);
    // Then
    assertThat(seen).containsExactly(key.kid());
  }

  @ParameterizedTest
  @EnumSource(names = {"CORRETTO", "BOUNCY_CASTLE"})
  void aP256SignatureIsVerifiedByAnotherImplementation(SignatureProvider provider) {
    // Given
    SigningKey p256 = securing.keyOf(RegistryTestResource.ACME, KeyAlgorithm.P256);
    Signer signer = new CheckedSigner(provider, provider.signer(securing.database), check);
    byte[] message = new byte[100];
    byte[] signature = new byte[Signer.SIGNATURE_BYTES];
    // When
    for (int i = 0; i < 50; i++) {
      message[0] = (byte) i;
      signer.sign(p256, message, 90, signature);
      // Then
      assertThat(p256.verifies(message, 90, signature)).isTrue();
      assertThat(P256.verifiedByJdk(p256.publicKey(), message, 90, signature)).isTrue();
      message[1]++;
      assertThat(p256.verifies(message, 90, signature)).isFalse();
    }
    assertThat(seen).containsExactly(p256.kid());
  }

  @ParameterizedTest
  @EnumSource(names = {"CORRETTO", "BOUNCY_CASTLE"})
  void aWrongFirstSignatureIsStopped(SignatureProvider provider) {
    // Given
    Signer broken =
        (k, message, length, signature) -> {
          provider.signer(securing.database).sign(k, message, length, signature);
          signature[5] ^= 1;
        };
    // When, then
    assertThatThrownBy(
            () ->
                new CheckedSigner(provider, broken, check)
                    .sign(key, new byte[100], 90, new byte[Signer.SIGNATURE_BYTES]))
        .hasMessageContaining("does not verify");
    assertThat(seen).isEmpty();
  }

  @Test
  void aFaultThatComesLaterIsFoundSoon() {
    // Given
    seen.add(key.kid());
    Signer broken = (k, message, length, signature) -> signature[0] = 1;
    Signer checked = new CheckedSigner(SignatureProvider.CORRETTO, broken, check);
    // When, then
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 50_000; i++) {
                checked.sign(key, new byte[10], 10, new byte[Signer.SIGNATURE_BYTES]);
              }
            })
        .hasMessageContaining("does not verify");
  }

  @Test
  void aFaultIsFoundAtOnceWhereEverySignatureIsVerified() {
    // Given
    seen.add(key.kid());
    Signer broken = (k, message, length, signature) -> signature[0] = 1;
    Signer checked =
        new CheckedSigner(SignatureProvider.CORRETTO, broken, new CheckedSigner.Check(1, seen));
    // When, then
    assertThatThrownBy(() -> checked.sign(key, new byte[10], 10, new byte[Signer.SIGNATURE_BYTES]))
        .hasMessageContaining("does not verify");
  }
}
