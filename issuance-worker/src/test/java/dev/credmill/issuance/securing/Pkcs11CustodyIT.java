package dev.credmill.issuance.securing;

import static dev.credmill.issuance.RegistryTestResource.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credmill.contracts.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** With a real token: SoftHSM. */
@EnabledIf(value = SoftHsm.THERE, disabledReason = SoftHsm.MISSING)
class Pkcs11CustodyIT {
  private static final byte[] MESSAGE = "to be signed".getBytes(StandardCharsets.UTF_8);
  private final SoftHsm hsm = SoftHsm.get();
  @TempDir Path folder;

  @Test
  void theTokenSignsWithAKeyThatItMade() {
    // Given
    SecuringForTests securing = securing(Map.of());
    SigningKey key = securing.keys.current(ACME);
    byte[] signature = new byte[Signer.SIGNATURE_BYTES];
    // When
    securing.signer().sign(key, MESSAGE, MESSAGE.length, signature);
    // Then
    assertThat(key.algorithm()).isEqualTo(KeyAlgorithm.P256);
    assertThat(key.custody()).isEqualTo(Custody.PKCS11);
    assertThat(key.jwsHeader()).contains("\"alg\":\"ES256\"");
    assertThat(key.verifies(MESSAGE, MESSAGE.length, signature)).isTrue();
    assertThat(P256.verifiedByJdk(key.publicKey(), MESSAGE, MESSAGE.length, signature)).isTrue();
  }

  @Test
  void thePrivateKeyNeverLeavesTheToken() throws Exception {
    // Given
    SecuringForTests securing = securing(Map.of());
    // When
    SigningKey key = securing.keys.current(ACME);
    // Then
    assertThat(securing.wrappedPrivateKey(key)).isNull();
    assertThat(custody().privateKey(key.kid()).getEncoded()).isNull();
  }

  @Test
  void anotherProcessFindsTheKeyThatWasMadeAfterItStarted() {
    // Given
    Pkcs11Custody early = custody();
    SigningKey key = securing(Map.of()).keys.current(ACME);
    byte[] signature = new byte[Signer.SIGNATURE_BYTES];
    // When
    early.signer().sign(key, MESSAGE, MESSAGE.length, signature);
    // Then
    assertThat(key.verifies(MESSAGE, MESSAGE.length, signature)).isTrue();
  }

  @Test
  void manyThreadsSignAtOnce() throws Exception {
    // Given
    SecuringForTests securing = securing(Map.of());
    SigningKey key = securing.keys.current(ACME);
    // When
    List<Future<Boolean>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 200; i++) {
        byte[] message = {(byte) i, 1, 2, 3};
        running.add(
            threads.submit(
                () -> {
                  byte[] signature = new byte[Signer.SIGNATURE_BYTES];
                  securing.signer().sign(key, message, message.length, signature);
                  return key.verifies(message, message.length, signature);
                }));
      }
    }
    // Then
    for (Future<Boolean> one : running) {
      assertThat(one.get()).isTrue();
    }
  }

  @Test
  void whatIsMadeInVainIsGone() {
    // Given
    Pkcs11Custody custody = custody();
    KeyCustody.NewKey made = custody.generate(KeyAlgorithm.P256);
    // When
    custody.discard(made);
    // Then
    assertThatThrownBy(() -> custody.privateKey(made.kid())).hasMessageContaining("has no key");
  }

  @Test
  void aKeyOfTheDatabaseSignsOnWhenNewOnesAreMadeInTheToken() {
    // Given
    SecuringForTests before = new SecuringForTests();
    SigningKey old = before.keys.current(ACME);
    SecuringForTests after = before.restarted(settings(Map.of()));
    byte[] signature = new byte[Signer.SIGNATURE_BYTES];
    // When
    after.signer().sign(old, MESSAGE, MESSAGE.length, signature);
    // Then
    assertThat(old.verifies(MESSAGE, MESSAGE.length, signature)).isTrue();
    assertThat(after.keys.current(ACME).custody()).isEqualTo(Custody.PKCS11);
  }

  @Test
  void anEd25519KeyIsNotToBeHadFromTheToken() {
    // Given
    SecuringForTests securing = securing(Map.of());
    // When, then
    assertThatThrownBy(() -> securing.keys.current(ACME, KeyAlgorithm.ED25519))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().detail()).contains("makes no keys of Ed25519"));
  }

  @Test
  void theSlotMayBeNamedByItsId() {
    // Given
    Map<String, String> settings = settings(Map.of());
    // When, then
    assertThat(settings).containsKey("issuance.pkcs11.slot");
    assertThat(new SecuringForTests(settings).keys.algorithms()).containsOnly(KeyAlgorithm.P256);
  }

  @Test
  void aWrongPinStopsTheStartAndSaysSo() {
    // Given
    custody().close();
    // When, then
    assertThatThrownBy(() -> securing(Map.of("issuance.pkcs11.pin", "0000")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("does not take the PIN")
        .hasMessageContaining("issuance.pkcs11.pin-file");
  }

  @Test
  void thePinComesFromItsFile() throws Exception {
    // Given
    Path file = folder.resolve("pin");
    Files.writeString(file, SoftHsm.PIN + "\n");
    // When
    SecuringForTests securing =
        securing(
            Map.of("issuance.pkcs11.pin", "0000", "issuance.pkcs11.pin-file", file.toString()));
    // Then
    assertThat(securing.keys.current(ACME).custody()).isEqualTo(Custody.PKCS11);
  }

  @Test
  void withoutAPinTheStartEndsWithWhatToDo() {
    assertThatThrownBy(() -> securing(Map.of("issuance.pkcs11.pin", "")))
        .hasMessageContaining("set issuance.pkcs11.pin-file");
  }

  @Test
  void aModuleThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> securing(Map.of("issuance.pkcs11.library", "/nowhere/module.so")))
        .hasMessageContaining("/nowhere/module.so")
        .hasMessageContaining("issuance.pkcs11.library");
  }

  @Test
  void aSlotWithoutATokenIsNamed() {
    assertThatThrownBy(
            () ->
                securing(
                    Map.of("issuance.pkcs11.slot", "", "issuance.pkcs11.slot-list-index", "999")))
        .hasMessageContaining("slotListIndex = 999");
  }

  @Test
  void aTokenThatIsWantedAndNotConfiguredStopsTheStart() {
    assertThatThrownBy(() -> securing(Map.of("issuance.pkcs11.library", "")))
        .hasMessageContaining("issuance.pkcs11.library");
  }

  @Test
  void aKeyOfATokenThatThisProcessDoesNotKnowIsToldAsThat() {
    // Given
    SigningKey key = securing(Map.of()).keys.current(ACME);
    SecuringForTests without = new SecuringForTests();
    // When, then
    assertThatThrownBy(
            () ->
                without
                    .signer()
                    .sign(key, MESSAGE, MESSAGE.length, new byte[Signer.SIGNATURE_BYTES]))
        .hasMessageContaining("issuance.pkcs11.library");
  }

  private Pkcs11Custody custody() {
    var config = SecuringForTests.config(settings(Map.of())).pkcs11();
    return new Pkcs11Custody(config.library().orElseThrow(), config);
  }

  private SecuringForTests securing(Map<String, String> changed) {
    return new SecuringForTests(settings(changed));
  }

  private Map<String, String> settings(Map<String, String> changed) {
    Map<String, String> settings = new HashMap<>();
    settings.put("issuance.key-custody", "pkcs11");
    settings.put("issuance.pkcs11.library", hsm.module().toString());
    settings.put("issuance.pkcs11.slot", Long.toString(hsm.slot()));
    settings.put("issuance.pkcs11.pin", SoftHsm.PIN);
    settings.putAll(changed);
    return settings;
  }
}
