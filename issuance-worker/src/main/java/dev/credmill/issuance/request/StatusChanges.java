package dev.credmill.issuance.request;

import dev.credmill.contracts.event.CredentialChanged.ValidityChanged;
import dev.credmill.contracts.event.StatusRequested;
import dev.credmill.contracts.event.Validity;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.Registry;
import dev.credmill.contracts.registry.StatusPurpose;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Revokes, suspends and reinstates. The state of a credential and its entries in the lists change
 * in one transaction; the lists are signed and to be had before anybody is told. So a request that
 * comes again finds what was left undone, and does it.
 */
@ApplicationScoped
class StatusChanges {
  private static final Logger LOG = Logger.getLogger(StatusChanges.class);
  private final Batches batches;
  private final IssuedTable issued;
  private final Validities validities;
  private final StatusLists lists;
  private final StatusMarks marks;
  private final StatusListPublishing publishing;
  private final Registry registry;
  private final Clock clock;

  StatusChanges(
      Batches batches,
      IssuedTable issued,
      Validities validities,
      StatusLists lists,
      StatusMarks marks,
      StatusListPublishing publishing,
      Registry registry,
      Clock clock) {
    this.batches = batches;
    this.issued = issued;
    this.validities = validities;
    this.lists = lists;
    this.marks = marks;
    this.publishing = publishing;
    this.registry = registry;
    this.clock = clock;
  }

  /** What the credentials are now, one answer for each request that can be answered. */
  List<ValidityChanged> answer(List<StatusRequested> requests) {
    Map<BatchId, List<StatusRequested>> byBatch =
        requests.stream()
            .collect(
                Collectors.groupingBy(
                    request -> request.row().batch(), TreeMap::new, Collectors.toList()));
    List<ValidityChanged> answers = new ArrayList<>(requests.size());
    Set<OrganizationId> concerned = new LinkedHashSet<>();
    byBatch.forEach(
        (id, ofBatch) ->
            batches
                .find(id)
                .ifPresent(
                    batch -> {
                      List<StatusRequested> own = ofItsOrganization(batch, ofBatch);
                      concerned.add(batch.organization());
                      answers.addAll(
                          QuarkusTransaction.requiringNew().call(() -> change(batch, own)));
                    }));
    if (answers.size() < requests.size()) {
      LOG.errorf(
          "left out %d changes of status: no credentials of such organizations and rows",
          requests.size() - answers.size());
    }
    // Also where nothing changed now: whoever came before may have died here.
    concerned.forEach(id -> publishing.publish(organization(id)));
    return answers;
  }

  /** Events are input from outside: one of another organization must not hold up the others. */
  private static List<StatusRequested> ofItsOrganization(
      Batch batch, List<StatusRequested> requests) {
    return requests.stream()
        .filter(request -> request.organization().equals(batch.organization()))
        .toList();
  }

  private Organization organization(OrganizationId id) {
    return registry
        .organization(id)
        .orElseThrow(() -> new IllegalStateException("there is no organization " + id));
  }

  private List<ValidityChanged> change(Batch batch, List<StatusRequested> requests) {
    List<StatusRequested> inOrder =
        requests.stream()
            .sorted(
                Comparator.comparing((StatusRequested request) -> request.row().number())
                    .thenComparing(StatusRequested::change))
            .toList();
    List<Integer> rows =
        inOrder.stream().map(request -> request.row().number()).distinct().toList();
    Map<Integer, String> definitions = issued.hold(batch.number(), rows);
    Map<Integer, Validities.Stored> before = validities.of(batch.number(), rows);
    Map<Integer, Validities.Stored> after = new HashMap<>();
    List<ValidityChanged> answers = new ArrayList<>(inOrder.size());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    for (StatusRequested request : inOrder) {
      int row = request.row().number();
      String definition = definitions.get(row);
      if (definition == null) {
        continue;
      }
      Validities.Stored is =
          after.getOrDefault(
              row, before.getOrDefault(row, new Validities.Stored(Validity.ACTIVE, 0, now, null)));
      if (request.change() > is.change()) {
        Validity wanted = request.action().result();
        is =
            new Validities.Stored(
                possible(batch, definition, is.validity(), wanted) ? wanted : is.validity(),
                request.change(),
                now,
                // What was revoked stays so, and so does what took its place.
                request.replacedBy() == null ? is.replacedBy() : request.replacedBy());
        after.put(row, is);
      }
      answers.add(new ValidityChanged(request.row(), request.change(), is.validity(), is.at()));
    }
    if (!after.isEmpty()) {
      validities.store(batch.number(), after);
      marks.set(marks(batch, after));
    }
    return answers;
  }

  private boolean possible(Batch batch, String definition, Validity is, Validity wanted) {
    return is.mayBecome(wanted)
        && (wanted != Validity.SUSPENDED || suspendable(batch.organization(), definition));
  }

  private boolean suspendable(OrganizationId organization, String definition) {
    return registry
        .definition(organization, definition)
        .filter(found -> found.statusPurposes().contains(StatusPurpose.SUSPENSION))
        .isPresent();
  }

  /** The entries of the credentials and of all copies that were claimed of them. */
  private List<StatusMarks.Mark> marks(Batch batch, Map<Integer, Validities.Stored> validities) {
    List<StatusMarks.Mark> all = new ArrayList<>(validities.size() * 2);
    validities.forEach(
        (row, stored) -> bitstring(batch, batch.statusNumber(row), stored.validity(), all));
    for (IssuedTable.Copy copy : issued.copies(batch.number(), List.copyOf(validities.keySet()))) {
      Validity validity = validities.get(copy.row()).validity();
      if (copy.tokenList() != null) {
        all.add(new StatusMarks.Mark(copy.tokenList(), copy.tokenIndex(), validity));
      }
      if (copy.statusNumber() != null) {
        bitstring(batch, copy.statusNumber(), validity, all);
      }
    }
    return all;
  }

  private void bitstring(Batch batch, long number, Validity validity, List<StatusMarks.Mark> all) {
    for (StatusPurpose purpose : StatusPurpose.values()) {
      StatusPlace place = lists.place(batch.organization(), ListPurpose.of(purpose), number);
      all.add(new StatusMarks.Mark(place.list().id(), place.index(), validity));
    }
  }
}
