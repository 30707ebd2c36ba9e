package dev.credmill.issuance.page;

/**
 * One question that a verifier asks, and its answer.
 *
 * @param question what was looked at
 * @param passed whether the answer speaks for the credential
 * @param finding the answer in a sentence
 */
public record Check(String question, boolean passed, String finding) {}
