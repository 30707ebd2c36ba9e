package dev.credmill.issuance.credential;

import dev.credmill.issuance.securing.Aes;
import dev.credmill.issuance.securing.SecretPurpose;
import dev.credmill.issuance.securing.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * The code that a claim asks for besides its link ({@code tx_code} in OpenID4VCI): six digits,
 * computed from the row, so that nothing is kept. Who may try how often is the claim's to watch.
 */
@ApplicationScoped
public class ClaimCodes {
  /** How many digits a code has. */
  public static final int LENGTH = 6;

  private static final long CODES = 1_000_000;
  private final Map<Short, Aes> functions = new TreeMap<>();

  ClaimCodes(Secrets secrets) {
    for (short version : secrets.versions()) {
      secrets
          .find(SecretPurpose.CLAIM_CODE, version)
          .ifPresent(secret -> functions.put(version, new Aes(secret)));
    }
  }

  String code(short secretVersion, RowLocator row) {
    byte[] block =
        ByteBuffer.allocate(Aes.BLOCK).putLong(row.batchNumber()).putInt(row.rowNumber()).array();
    functions.get(secretVersion).encrypt(block, Aes.BLOCK);
    // 64 bits folded onto a million codes: none is likelier than another by what could be noticed.
    return "%06d".formatted(Long.remainderUnsigned(ByteBuffer.wrap(block).getLong(), CODES));
  }
}
