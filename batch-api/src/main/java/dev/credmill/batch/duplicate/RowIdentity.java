package dev.credmill.batch.duplicate;

/**
 * What tells a row from others: two rows are the same when their references are, or when recipient,
 * definition and claims all are.
 *
 * @param claims null where the row is invalid; such a row repeats nothing by its claims
 */
public record RowIdentity(
    int number,
    String definitionId,
    String reference,
    String firstName,
    String lastName,
    String email,
    String phone,
    String claims) {}
