package dev.credmill.issuance.credential;

/**
 * A Data Integrity proof of a row's record, as far as it is stored: the rest of it follows from the
 * batch.
 */
public record StoredProof(CredentialFormat format, byte[] signature) {}
