package dev.credmill.issuance.integrity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Has the general way confirm the first hash of a form and one in a thousand after that, before
 * anything is signed. Should the two ever differ, the general one is right and is taken from then
 * on: slow proofs are better than none and than wrong ones.
 */
final class CheckedRdfHash implements RowProofs.CredentialHash {
  private static final Logger LOG = Logger.getLogger(CheckedRdfHash.class);
  private static final int ONE_IN = 1_000;
  private final RdfTemplate template;
  private final DataIntegrity integrity;
  private volatile boolean confirmed;
  private volatile boolean refuted;

  CheckedRdfHash(RdfTemplate template, DataIntegrity integrity) {
    this.template = template;
    this.integrity = integrity;
  }

  @Override
  public byte[] of(ObjectNode credential) throws ProofException {
    if (refuted) {
      return integrity.hashOfRdf(credential);
    }
    byte[] hash = template.hash(credential);
    if (confirmed && ThreadLocalRandom.current().nextInt(ONE_IN) != 0) {
      return hash;
    }
    byte[] general = integrity.hashOfRdf(credential);
    confirmed = true;
    if (!Arrays.equals(hash, general)) {
      refuted = true;
      LOG.error("the fast way to canonical RDF is wrong for a form; its rows take the general way");
    }
    return general;
  }
}
