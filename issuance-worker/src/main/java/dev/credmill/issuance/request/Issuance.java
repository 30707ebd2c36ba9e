package dev.credmill.issuance.request;

import dev.credmill.contracts.event.CredentialOutcome;
import dev.credmill.contracts.event.CredentialOutcome.Issued;
import dev.credmill.contracts.event.CredentialOutcome.Refused;
import dev.credmill.contracts.event.CredentialRequested;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.credential.CredentialFormat;
import dev.credmill.issuance.credential.CredentialIdentities;
import dev.credmill.issuance.credential.CredentialTable;
import dev.credmill.issuance.credential.CredentialWriter;
import dev.credmill.issuance.integrity.RowProofs;
import dev.credmill.issuance.request.Forms.FormKey;
import dev.credmill.issuance.request.Forms.Found;
import dev.credmill.issuance.request.RefusalTable.RowRun;
import dev.credmill.issuance.securing.Signers;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns requests into answers. An answer to a (row, run) is given once and never changes: it is
 * stored before it is told, whatever is stored wins over whatever could be computed now, and id and
 * link follow from the row alone.
 */
@ApplicationScoped
class Issuance {
  private static final Comparator<CredentialRequested> BY_ROW_AND_RUN =
      Comparator.comparing((CredentialRequested request) -> request.row().batch())
          .thenComparingInt(request -> request.row().number())
          .thenComparingInt(CredentialRequested::run);
  private static final byte[] NO_PAYLOAD = {};
  private final Forms forms;
  private final RefusalTable refusals;
  private final CredentialTable credentials;
  private final Batches batches;
  private final CredentialIdentities identities;
  private final SigningPool pool;
  private final Signers signers;
  private final IssuanceConfig config;
  private final Clock clock;
  private final Counter refusedCount;
  private final ThreadLocal<CredentialWriter> writers;

  Issuance(
      Forms forms,
      RefusalTable refusals,
      CredentialTable credentials,
      Batches batches,
      CredentialIdentities identities,
      SigningPool pool,
      Signers signers,
      IssuanceConfig config,
      Clock clock,
      MeterRegistry metrics) {
    this.forms = forms;
    this.refusals = refusals;
    this.credentials = credentials;
    this.batches = batches;
    this.identities = identities;
    this.pool = pool;
    this.signers = signers;
    this.config = config;
    this.clock = clock;
    refusedCount =
        Counter.builder("credmill.credentials.refused")
            .description("Requests that were answered with a problem")
            .register(metrics);
    writers =
        ThreadLocal.withInitial(() -> new CredentialWriter(identities, signers.ofThisThread()));
  }

  /** One row to be signed, and what became of it. */
  private static final class Work {
    final CredentialRequested request;
    final Form form;
    CredentialWriter.Secured secured;
    List<RowProofs.RowProof> proofs = List.of();
    Problem problem;

    Work(CredentialRequested request, Form form) {
      this.request = request;
      this.form = form;
    }

    CredentialTable.Key key() {
      return new CredentialTable.Key(form.batch().number(), request.row().number());
    }
  }

  /** A request that cannot be fulfilled. */
  private record TurnedDown(CredentialRequested request, Problem problem) {}

  /** The stored answers to these requests, one for each (row, run) among them. */
  List<CredentialOutcome> answer(List<CredentialRequested> requests) {
    List<CredentialOutcome> answers = new ArrayList<>(requests.size());
    int chunk = config.storeChunk();
    for (int from = 0; from < requests.size(); from += chunk) {
      answers.addAll(answerChunk(requests.subList(from, Math.min(requests.size(), from + chunk))));
    }
    return answers;
  }

  private List<CredentialOutcome> answerChunk(List<CredentialRequested> chunk) {
    List<CredentialRequested> requests = distinct(chunk);
    List<CredentialOutcome> answers = new ArrayList<>(requests.size());
    List<TurnedDown> turnedDown = new ArrayList<>();
    List<Work> work = admit(requests, answers, turnedDown);
    pool.each(work.size(), i -> sign(work.get(i)));
    store(work, answers, turnedDown);
    refuse(turnedDown, answers);
    return answers;
  }

  /** Row order is also the order of the keys under which credentials are stored. */
  private static List<CredentialRequested> distinct(List<CredentialRequested> chunk) {
    List<CredentialRequested> sorted = new ArrayList<>(chunk);
    sorted.sort(BY_ROW_AND_RUN);
    List<CredentialRequested> distinct = new ArrayList<>(sorted.size());
    CredentialRequested last = null;
    for (CredentialRequested request : sorted) {
      if (last == null || last.run() != request.run() || !last.row().equals(request.row())) {
        distinct.add(request);
      }
      last = request;
    }
    return distinct;
  }

  /** Sorts out what was refused before and what cannot be of any form. */
  private List<Work> admit(
      List<CredentialRequested> requests,
      List<CredentialOutcome> answers,
      List<TurnedDown> turnedDown) {
    Map<RowRun, Refused> refusedBefore =
        refusals.around(requests.stream().map(CredentialRequested::row).toList());
    Map<FormKey, Found> foundBefore = new HashMap<>();
    List<Work> work = new ArrayList<>(requests.size());
    FormKey key = null;
    Found found = null;
    for (CredentialRequested request : requests) {
      Refused before =
          refusedBefore.isEmpty()
              ? null
              : refusedBefore.get(new RowRun(request.row(), request.run()));
      if (before != null) {
        answers.add(before);
        continue;
      }
      if (key == null || !key.fits(request)) {
        key = FormKey.of(request);
        found = foundBefore.computeIfAbsent(key, k -> forms.find(k, request.batchSize()));
      }
      switch (found) {
        case Found.Ready(Form form) ->
            Forms.fault(request, form)
                .ifPresentOrElse(
                    problem -> turnedDown.add(new TurnedDown(request, problem)),
                    () -> work.add(new Work(request, form)));
        case Found.Impossible(Problem problem) -> turnedDown.add(new TurnedDown(request, problem));
      }
    }
    return work;
  }

  private void sign(Work work) {
    Form form = work.form;
    CredentialRequested request = work.request;
    try {
      work.secured =
          writers
              .get()
              .write(
                  new CredentialWriter.Order(
                      form.template(),
                      form.key(),
                      form.header(),
                      form.batch().secretVersion(),
                      form.batch().number(),
                      request.row().number(),
                      request.validUntil(),
                      form.statuses(request.row().number()),
                      request.claims()));
      work.proofs = form.proofs().of(work.secured.payload(), signers);
    } catch (ProblemException e) {
      work.problem = e.problem();
    }
  }

  private void store(
      List<Work> work, List<CredentialOutcome> answers, List<TurnedDown> turnedDown) {
    List<CredentialTable.Entry> entries = new ArrayList<>(work.size());
    for (Work done : work) {
      if (done.problem != null) {
        turnedDown.add(new TurnedDown(done.request, done.problem));
      } else {
        entries.add(
            new CredentialTable.Entry(
                done.key(),
                CredentialFormat.VC_JWT,
                done.form.number(),
                done.request.validUntil(),
                done.secured.payload(),
                done.secured.signature()));
        for (RowProofs.RowProof proof : done.proofs) {
          entries.add(
              new CredentialTable.Entry(
                  done.key(),
                  proof.format(),
                  done.form.number(),
                  done.request.validUntil(),
                  NO_PAYLOAD,
                  proof.signature()));
        }
      }
    }
    if (entries.isEmpty()) {
      return;
    }
    signers.count(entries.size());
    // What PostgreSQL keeps of a time: the answer now and the answer to a redelivery are the same.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Map<CredentialTable.Key, Instant> storedBefore =
        credentials.insertWhereNone(entries, now) == entries.size()
            ? Map.of()
            : credentials.issuedAt(
                entries.stream().map(CredentialTable.Entry::key).distinct().toList());
    for (Work done : work) {
      if (done.secured != null) {
        answers.add(
            issued(
                done.request,
                done.form.batch(),
                done.secured.identity(),
                storedBefore.isEmpty() ? now : storedBefore.get(done.key())));
      }
    }
  }

  private Issued issued(
      CredentialRequested request,
      Batch batch,
      CredentialIdentities.Identity identity,
      Instant issuedAt) {
    CredentialIdentities.Claim claim =
        identities.claim(
            request.claimAccess(), batch.secretVersion(), batch.number(), request.row().number());
    return new Issued(
        request.row(),
        request.run(),
        identity.credentialId(),
        identity.linkToken(),
        issuedAt,
        claim.token(),
        claim.code());
  }

  /** A row that has its credential keeps it, whatever a later request for it says. */
  private void refuse(List<TurnedDown> turnedDown, List<CredentialOutcome> answers) {
    if (turnedDown.isEmpty()) {
      return;
    }
    Map<BatchId, Batch> pinned = new HashMap<>();
    List<CredentialTable.Key> keys = new ArrayList<>();
    for (TurnedDown one : turnedDown) {
      CredentialRequested request = one.request();
      batches
          .find(request.row().batch())
          .filter(batch -> batch.organization().equals(request.organization()))
          .ifPresent(
              batch -> {
                pinned.put(batch.id(), batch);
                keys.add(new CredentialTable.Key(batch.number(), request.row().number()));
              });
    }
    Map<CredentialTable.Key, Instant> issued = credentials.issuedAt(keys);
    List<Refused> refused = new ArrayList<>();
    for (TurnedDown one : turnedDown) {
      RowId row = one.request().row();
      int run = one.request().run();
      Batch batch = pinned.get(row.batch());
      Instant issuedAt =
          batch == null ? null : issued.get(new CredentialTable.Key(batch.number(), row.number()));
      if (issuedAt == null) {
        refused.add(new Refused(row, run, one.problem()));
      } else {
        var identity = identities.of(batch.secretVersion(), batch.number(), row.number());
        answers.add(issued(one.request(), batch, identity, issuedAt));
      }
    }
    refusedCount.increment(refused.size());
    answers.addAll(refusals.keep(refused, clock.instant()));
  }
}
