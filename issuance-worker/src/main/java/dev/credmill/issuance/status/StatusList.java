package dev.credmill.issuance.status;

import dev.credmill.contracts.registry.Organization;
import java.util.UUID;

/** One status list of an organization, of {@code size} entries. */
public final class StatusList {
  private final UUID id;
  private final ListPurpose purpose;
  private final int size;
  private final StatusPermutation permutation;

  StatusList(UUID id, ListPurpose purpose, int size, StatusPermutation permutation) {
    this.id = id;
    this.purpose = purpose;
    this.size = size;
    this.permutation = permutation;
  }

  public UUID id() {
    return id;
  }

  public ListPurpose purpose() {
    return purpose;
  }

  /** The index of the {@code number}-th entry ever given away. */
  public int index(long number) {
    return permutation.place((int) (number % size));
  }

  /** Where verifiers get it: {@code statusListCredential}, or {@code uri} of a token's status. */
  public String url(Organization organization) {
    return url(organization, id);
  }

  static String url(Organization organization, UUID id) {
    return organization.publicUrl() + "/status-lists/" + id;
  }
}
