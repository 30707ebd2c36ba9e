package dev.credmill.issuance.integrity;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.issuance.credential.CredentialFormat;
import dev.credmill.issuance.securing.Signer;
import dev.credmill.issuance.securing.Signers;
import dev.credmill.issuance.securing.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The Data Integrity proofs of the rows of one batch and definition. */
public final class RowProofs {
  public static final RowProofs NONE = new RowProofs(List.of(), null);
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .readerFor(ObjectNode.class);
  private static final int HASH = 32;
  private final List<SuiteForm> suites;
  private final SigningKey key;

  /**
   * One suite's proofs: what is the same in all of them, and how to hash a credential.
   *
   * @param hashOfOptions the first half of what is signed
   */
  record SuiteForm(Cryptosuite suite, byte[] hashOfOptions, CredentialHash credentialHash) {}

  /** Hashes a credential of one form. */
  interface CredentialHash {
    byte[] of(ObjectNode credential) throws ProofException;
  }

  /** A proof as it is stored; the rest of it follows from the batch. */
  public record RowProof(CredentialFormat format, byte[] signature) {}

  RowProofs(List<SuiteForm> suites, SigningKey key) {
    this.suites = List.copyOf(suites);
    this.key = key;
  }

  /**
   * The proofs of a row's record.
   *
   * @throws ProblemException when a proof cannot cover all of it
   */
  public List<RowProof> of(byte[] payload, Signers signers) {
    return suites.isEmpty() ? List.of() : of(payload, signers.ofThisThread());
  }

  List<RowProof> of(byte[] payload, Signer signer) {
    ObjectNode credential;
    try {
      credential = JSON.readValue(payload);
    } catch (IOException e) {
      throw new UncheckedIOException("a credential is no JSON", e);
    }
    List<RowProof> proofs = new ArrayList<>(suites.size());
    for (SuiteForm form : suites) {
      byte[] signed = new byte[2 * HASH];
      System.arraycopy(form.hashOfOptions(), 0, signed, 0, HASH);
      try {
        System.arraycopy(form.credentialHash().of(credential), 0, signed, HASH, HASH);
      } catch (ProofException e) {
        throw ProblemType.ROW_NOT_ISSUABLE.because(
            e.detail() + " Correct the row, or issue it from a definition without Data Integrity");
      }
      byte[] signature = new byte[Signer.SIGNATURE_BYTES];
      signer.sign(key, signed, signed.length, signature);
      proofs.add(new RowProof(form.suite().format(), signature));
    }
    return proofs;
  }
}
