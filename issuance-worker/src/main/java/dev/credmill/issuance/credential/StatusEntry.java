package dev.credmill.issuance.credential;

/**
 * Where the status of one credential is published.
 *
 * @param listUrl the address of the status list, in UTF-8; it never needs escaping
 */
public record StatusEntry(int index, byte[] listUrl) {}
