package dev.credmill.issuance.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.contracts.event.Validity;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.issuance.status.ListPurpose;
import dev.credmill.issuance.status.StatusLists;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Looks credentials' status entries up, in our own lists only. */
@ApplicationScoped
class Statuses {
  private final StatusLists lists;

  Statuses(StatusLists lists) {
    this.lists = lists;
  }

  /** What W3C entries say; empty where one is in no list of that organization. */
  Optional<Validity> ofEntries(OrganizationId organization, JsonNode credentialStatus) {
    Validity validity = Validity.ACTIVE;
    Iterable<JsonNode> entries =
        credentialStatus.isArray()
            ? credentialStatus
            : credentialStatus.isMissingNode() ? List.of() : List.of(credentialStatus);
    for (JsonNode entry : entries) {
      Optional<Integer> value =
          purpose(entry)
              .flatMap(
                  purpose ->
                      value(
                          organization,
                          purpose,
                          entry.path("statusListCredential").asText(),
                          entry.path("statusListIndex").asText()));
      if (value.isEmpty()) {
        return Optional.empty();
      }
      if (value.get() != 0 && validity != Validity.REVOKED) {
        validity =
            purpose(entry).get() == ListPurpose.REVOCATION ? Validity.REVOKED : Validity.SUSPENDED;
      }
    }
    return Optional.of(validity);
  }

  /** What an entry of a Token Status List says; empty where it is in no list of theirs. */
  Optional<Validity> ofToken(OrganizationId organization, JsonNode status) {
    JsonNode entry = status.path("status_list");
    return value(
            organization, ListPurpose.TOKEN, entry.path("uri").asText(), entry.path("idx").asText())
        .map(
            value ->
                switch (value) {
                  case 0 -> Validity.ACTIVE;
                  case 2 -> Validity.SUSPENDED;
                  default -> Validity.REVOKED;
                });
  }

  private static Optional<ListPurpose> purpose(JsonNode entry) {
    if (!entry.path("type").asText().equals("BitstringStatusListEntry")) {
      return Optional.empty();
    }
    return switch (entry.path("statusPurpose").asText().toLowerCase(Locale.ROOT)) {
      case "revocation" -> Optional.of(ListPurpose.REVOCATION);
      case "suspension" -> Optional.of(ListPurpose.SUSPENSION);
      default -> Optional.empty();
    };
  }

  private Optional<Integer> value(
      OrganizationId organization, ListPurpose purpose, String url, String index) {
    try {
      UUID list = UUID.fromString(url.substring(url.lastIndexOf('/') + 1));
      int at = Integer.parseInt(index);
      return lists
          .known(list)
          .filter(
              known ->
                  known.organization().equals(organization)
                      && known.purpose() == purpose
                      && at >= 0
                      && at < known.size())
          .map(_ -> lists.value(purpose, list, at));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
