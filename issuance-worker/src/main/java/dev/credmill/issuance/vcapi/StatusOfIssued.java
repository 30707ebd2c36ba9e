package dev.credmill.issuance.vcapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.credmill.contracts.event.Validity;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.StatusPurpose;
import dev.credmill.issuance.status.ListPurpose;
import dev.credmill.issuance.status.StatusListPublishing;
import dev.credmill.issuance.status.StatusLists;
import dev.credmill.issuance.status.StatusMarks;
import dev.credmill.issuance.status.StatusPlace;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Status entries of what is signed by the VC API, in the lists that rows have theirs in. */
@ApplicationScoped
class StatusOfIssued {
  private final StatusLists lists;
  private final StatusMarks marks;
  private final StatusListPublishing publishing;
  private final StatusOfIssuedTable table;

  StatusOfIssued(
      StatusLists lists,
      StatusMarks marks,
      StatusListPublishing publishing,
      StatusOfIssuedTable table) {
    this.lists = lists;
    this.marks = marks;
    this.publishing = publishing;
    this.table = table;
  }

  /** Entries for one credential, in lists that are published when this returns. */
  ArrayNode entries(Organization organization, Set<StatusPurpose> purposes) {
    long number = lists.takeForCopy(organization.id());
    ArrayNode entries = JsonNodeFactory.instance.arrayNode();
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              for (StatusPurpose purpose : purposes) {
                StatusPlace place = lists.place(organization.id(), ListPurpose.of(purpose), number);
                table.insert(place.list().id(), place.index());
                entries
                    .addObject()
                    .put("type", "BitstringStatusListEntry")
                    .put("statusPurpose", purpose.text())
                    .put("statusListIndex", Integer.toString(place.index()))
                    .put("statusListCredential", place.list().url(organization));
              }
            });
    // Nothing is handed over whose status cannot be looked up.
    publishing.publish(organization);
    return entries;
  }

  /**
   * Sets or clears an entry, and publishes its list.
   *
   * @param entry as it stands in the credential
   * @throws ProblemException where there is no such entry of the organization's, or it stays
   */
  void change(Organization organization, JsonNode entry, boolean set) {
    UUID list =
        list(entry.path("statusListCredential").asText()).orElseThrow(StatusOfIssued::notFound);
    int index = entry.path("statusListIndex").asInt(-1);
    ListPurpose purpose =
        lists
            .known(list)
            .filter(known -> known.organization().equals(organization.id()))
            .map(StatusLists.Known::purpose)
            .filter(
                kept ->
                    kept.name().equalsIgnoreCase(entry.path("statusPurpose").asText(kept.name())))
            .orElseThrow(StatusOfIssued::notFound);
    Validity validity = validity(purpose, set);
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              if (!table.has(list, index)) {
                throw notFound();
              }
              marks.set(List.of(new StatusMarks.Mark(list, index, validity)));
            });
    publishing.publish(organization);
  }

  private static Validity validity(ListPurpose purpose, boolean set) {
    return switch (purpose) {
      case REVOCATION -> {
        if (!set) {
          throw ProblemType.CONFLICT.because(
              "What is revoked stays so; an entry of purpose suspension can be cleared");
        }
        yield Validity.REVOKED;
      }
      case SUSPENSION -> set ? Validity.SUSPENDED : Validity.ACTIVE;
      case TOKEN -> throw notFound();
    };
  }

  private static Optional<UUID> list(String url) {
    try {
      return Optional.of(UUID.fromString(url.substring(url.lastIndexOf('/') + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static ProblemException notFound() {
    return ProblemType.NOT_FOUND.because(
        "There is no such status entry of the organization's that was made by the VC API; send credentialStatus as it stands in the credential. Rows of batches are revoked by /v1/credentials/{id}/revoke");
  }
}
