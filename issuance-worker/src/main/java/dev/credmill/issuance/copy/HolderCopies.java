package dev.credmill.issuance.copy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.contracts.event.Validity;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.Registry;
import dev.credmill.contracts.registry.StatusPurpose;
import dev.credmill.issuance.credential.CredentialFormat;
import dev.credmill.issuance.credential.CredentialIdentities;
import dev.credmill.issuance.credential.CredentialTable;
import dev.credmill.issuance.credential.StoredCredential;
import dev.credmill.issuance.securing.KeyStatus;
import dev.credmill.issuance.status.ListPurpose;
import dev.credmill.issuance.status.StatusListPublishing;
import dev.credmill.issuance.status.StatusLists;
import dev.credmill.issuance.status.StatusMarks;
import dev.credmill.issuance.status.StatusPlace;
import dev.credmill.issuance.status.Validities;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Makes copies of rows' credentials for holders: bound to the holder's key, saying what the row
 * says, with status entries of their own that follow the row's.
 */
@ApplicationScoped
public class HolderCopies {
  /** As many as a credential's id can tell apart. */
  private static final int MOST = 63;

  private final CredentialIdentities identities;
  private final CopyTable table;
  private final Validities validities;
  private final StatusLists lists;
  private final StatusMarks marks;
  private final StatusListPublishing publishing;
  private final Registry registry;
  private final CopyWriting writing;
  private final Clock clock;

  HolderCopies(
      CredentialIdentities identities,
      CopyTable table,
      Validities validities,
      StatusLists lists,
      StatusMarks marks,
      StatusListPublishing publishing,
      Registry registry,
      CopyWriting writing,
      Clock clock) {
    this.identities = identities;
    this.table = table;
    this.validities = validities;
    this.lists = lists;
    this.marks = marks;
    this.publishing = publishing;
    this.registry = registry;
    this.writing = writing;
    this.clock = clock;
  }

  /**
   * Makes one copy.
   *
   * @param format one of the definition's
   * @return as OpenID4VCI hands it over: a JSON string, or an object for Data Integrity
   * @throws ProblemException when the credential was revoked, is over, or was copied too often
   */
  public JsonNode issue(StoredCredential record, CredentialFormat format, HolderKey holder) {
    Instant now = clock.instant();
    if (record.validUntil() != null && now.isAfter(record.validUntil())) {
      throw ProblemType.CONFLICT.because("The credential is no longer valid; ask its issuer");
    }
    if (record.key().status() == KeyStatus.REVOKED) {
      // A copy by another key would make good what the revocation made worthless.
      throw ProblemType.CONFLICT.because(
          "The key that signed the credential was revoked; ask its issuer for a new one");
    }
    Organization organization =
        registry
            .organization(record.organization())
            .orElseThrow(() -> new IllegalStateException("there is no " + record.organization()));
    CredentialDefinition definition =
        registry
            .definition(record.organization(), record.definitionId())
            .orElseThrow(() -> new IllegalStateException("there is no " + record.definitionId()));
    CredentialTable.Key row = identities.locate(record.id()).orElseThrow();
    Places places = places(record, definition, format);
    JsonNode copy =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  int number = table.hold(row);
                  mark(places, validity(row), number);
                  table.insert(
                      row,
                      number,
                      format,
                      holder.thumbprint(),
                      places.token(),
                      places.number(),
                      now.truncatedTo(ChronoUnit.MICROS));
                  return writing.write(
                      new CopyWriting.Order(
                          record,
                          organization,
                          definition,
                          format,
                          holder,
                          identities.ofCopy(row, format, number),
                          places.token(),
                          places.bitstring(),
                          now.truncatedTo(ChronoUnit.SECONDS)));
                });
    // No copy is handed over whose status cannot be looked up.
    publishing.publish(organization);
    return copy;
  }

  private Validity validity(CredentialTable.Key row) {
    Validity validity = validities.of(row.batchNumber(), row.rowNumber());
    if (validity == Validity.REVOKED) {
      throw ProblemType.CONFLICT.because("The credential was revoked; ask its issuer");
    }
    return validity;
  }

  private void mark(Places places, Validity validity, int number) {
    if (number > MOST) {
      throw ProblemType.CONFLICT.because(
          "The credential was taken into wallets %d times, which is the most; ask its issuer"
              .formatted(MOST));
    }
    if (validity == Validity.ACTIVE) {
      return;
    }
    List<StatusPlace> all = new ArrayList<>(places.bitstring().values());
    if (places.token() != null) {
      all.add(places.token());
    }
    marks.set(
        all.stream()
            .map(place -> new StatusMarks.Mark(place.list().id(), place.index(), validity))
            .toList());
  }

  /**
   * Where a copy's status will stand.
   *
   * @param token null for what is no SD-JWT VC
   * @param number null for an SD-JWT VC
   */
  private record Places(
      StatusPlace token, Long number, Map<StatusPurpose, StatusPlace> bitstring) {}

  private Places places(
      StoredCredential record, CredentialDefinition definition, CredentialFormat format) {
    return switch (format) {
      case SD_JWT_VC -> new Places(lists.takeToken(record.organization()), null, Map.of());
      case VC_JWT, EDDSA_RDFC_2022, EDDSA_JCS_2022 -> {
        long number = lists.takeForCopy(record.organization());
        Map<StatusPurpose, StatusPlace> places = new EnumMap<>(StatusPurpose.class);
        for (StatusPurpose purpose : definition.statusPurposes()) {
          places.put(purpose, lists.place(record.organization(), ListPurpose.of(purpose), number));
        }
        yield new Places(null, number, places);
      }
    };
  }
}
