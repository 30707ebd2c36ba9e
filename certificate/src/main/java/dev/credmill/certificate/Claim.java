package dev.credmill.certificate;

/**
 * One claim of the subject, for people.
 *
 * @param name its name in the credential
 * @param title what the schema calls it
 * @param value as text in the credential's language
 */
public record Claim(String name, String title, String value) {}
