package dev.credmill.batch.validation;

/**
 * One thing that is wrong with a row.
 *
 * @param column the heading it stands under
 * @param code the kind, for programs
 * @param message what to do, for people
 */
public record RowFault(String column, String code, String message) {}
