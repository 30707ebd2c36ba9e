package dev.credmill.batch.preview;

import static java.util.Objects.requireNonNull;

import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.registry.CredentialDefinition;
import java.util.Optional;

/**
 * A row without errors, as far as a preview shows it.
 *
 * @param expiration an ISO 8601 date or period; null for the definition's
 * @param claims a JSON object
 */
record PreviewedRow(
    RowId id,
    CredentialDefinition definition,
    String firstName,
    String lastName,
    String email,
    String phone,
    String language,
    String expiration,
    String claims) {
  PreviewedRow {
    requireNonNull(id, "id");
    requireNonNull(definition, "definition");
    requireNonNull(firstName, "firstName");
    requireNonNull(claims, "claims");
  }

  String name() {
    return lastName == null ? firstName : firstName + " " + lastName;
  }

  /** Where a message over that medium would go. */
  Optional<String> contact(Medium medium) {
    return Optional.ofNullable(
        switch (medium) {
          case EMAIL -> email;
          case SMS -> phone;
        });
  }

  /** Says which, never whom. */
  @Override
  public String toString() {
    return id.toString();
  }
}
