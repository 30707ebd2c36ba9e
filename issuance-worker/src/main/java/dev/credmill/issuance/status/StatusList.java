package dev.credmill.issuance.status;

import dev.credmill.contracts.registry.Organization;
import java.util.UUID;

/** One status list of an organization: the {@code ordinal}-th, of {@code size} entries. */
public final class StatusList {
  private final UUID id;
  private final int size;
  private final StatusPermutation permutation;

  StatusList(UUID id, int size, StatusPermutation permutation) {
    this.id = id;
    this.size = size;
    this.permutation = permutation;
  }

  public UUID id() {
    return id;
  }

  /** The {@code statusListIndex} of the {@code number}-th entry ever given away. */
  public int index(long number) {
    return permutation.place((int) (number % size));
  }

  /** The {@code statusListCredential}. */
  public String url(Organization organization) {
    return organization.publicUrl() + "/status-lists/" + id;
  }
}
