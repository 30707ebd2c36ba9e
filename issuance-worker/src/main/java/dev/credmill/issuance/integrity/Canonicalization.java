package dev.credmill.issuance.integrity;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes of a JSON document the bytes that a suite hashes. */
interface Canonicalization {
  /**
   * @throws ProofException when something of the document would not be among the bytes
   */
  String canonical(ObjectNode document) throws ProofException;
}
