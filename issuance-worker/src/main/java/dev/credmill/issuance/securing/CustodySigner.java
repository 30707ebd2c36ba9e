package dev.credmill.issuance.securing;

import java.util.EnumMap;
import java.util.Map;

/** Signs with each key where it is kept. */
final class CustodySigner implements Signer {
  private final KeyCustodies custodies;
  private final CheckedSigner.Check check;
  private final Map<Custody, Signer> signers = new EnumMap<>(Custody.class);

  CustodySigner(KeyCustodies custodies, CheckedSigner.Check check) {
    this.custodies = custodies;
    this.check = check;
  }

  @Override
  public void sign(SigningKey key, byte[] message, int length, byte[] signature) {
    Signer signer = signers.get(key.custody());
    if (signer == null) {
      signer =
          new CheckedSigner(
              custodies.provider(key.custody()), custodies.of(key.custody()).signer(), check);
      signers.put(key.custody(), signer);
    }
    signer.sign(key, message, length, signature);
  }
}
