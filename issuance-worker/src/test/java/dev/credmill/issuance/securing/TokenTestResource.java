package dev.credmill.issuance.securing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Has the worker keep its keys in a SoftHSM token. */
public class TokenTestResource implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    SoftHsm hsm = SoftHsm.get();
    return Map.of(
        "issuance.key-custody",
        "pkcs11",
        "issuance.pkcs11.library",
        hsm.module().toString(),
        "issuance.pkcs11.slot",
        Long.toString(hsm.slot()),
        "issuance.pkcs11.pin",
        SoftHsm.PIN);
  }

  @Override
  public void stop() {
    // The token goes with target/.
  }
}
