package dev.credmill.issuance.status;

/** The entry of one credential in one list. */
public record StatusPlace(StatusList list, int index) {}
