package dev.credmill.issuance.request;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.credmill.contracts.event.CredentialRequested;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.Registry;
import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.credential.CredentialTemplate;
import dev.credmill.issuance.integrity.ProofForms;
import dev.credmill.issuance.securing.KeyStatus;
import dev.credmill.issuance.securing.SigningKey;
import dev.credmill.issuance.securing.SigningKeys;
import dev.credmill.issuance.status.StatusListPublishing;
import dev.credmill.issuance.status.StatusLists;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds the form of a request, and refuses what no batch-api would ask: events are input from
 * outside, and a consumer believes only what is possible.
 */
@ApplicationScoped
class Forms {
  private final Registry registry;
  private final Batches batches;
  private final BatchDefinitionTable definitions;
  private final SigningKeys keys;
  private final StatusLists lists;
  private final ProofForms proofs;
  private final StatusListPublishing publishing;
  private final IssuanceConfig config;

  /** An organization's name may change; what is published under it does not. */
  private final Cache<FormKey, Form> known =
      Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(Duration.ofMinutes(10)).build();

  Forms(
      Registry registry,
      Batches batches,
      BatchDefinitionTable definitions,
      SigningKeys keys,
      StatusLists lists,
      ProofForms proofs,
      StatusListPublishing publishing,
      IssuanceConfig config) {
    this.registry = registry;
    this.batches = batches;
    this.definitions = definitions;
    this.keys = keys;
    this.lists = lists;
    this.proofs = proofs;
    this.publishing = publishing;
    this.config = config;
  }

  /** What of a request is the same for all its neighbours. */
  record FormKey(
      BatchId batch,
      OrganizationId organization,
      String definitionId,
      String certificateTemplateId,
      Instant validFrom) {
    static FormKey of(CredentialRequested request) {
      return new FormKey(
          request.row().batch(),
          request.organization(),
          request.definitionId(),
          request.certificateTemplateId(),
          request.validFrom());
    }

    boolean fits(CredentialRequested request) {
      return batch.equals(request.row().batch())
          && organization.equals(request.organization())
          && definitionId.equals(request.definitionId())
          && Objects.equals(certificateTemplateId, request.certificateTemplateId())
          && validFrom.equals(request.validFrom());
    }
  }

  /** Whether there is a form for a request. */
  sealed interface Found {
    record Ready(Form form) implements Found {}

    record Impossible(Problem problem) implements Found {}
  }

  /** The form of requests like that; what is impossible is not remembered, it may be mended. */
  Found find(FormKey key, int batchSize) {
    Form form = known.getIfPresent(key);
    if (form == null) {
      try {
        form = make(key, batchSize);
      } catch (ProblemException e) {
        return new Found.Impossible(e.problem());
      }
      known.put(key, form);
    }
    if (revoked(form.key())) {
      return new Found.Impossible(
          refused(
                  "The key that the batch was begun with has been revoked; upload the rows that are left as another batch")
              .problem());
    }
    return new Found.Ready(form);
  }

  /** Why the row is none that its batch and form can have. */
  static Optional<Problem> fault(CredentialRequested request, Form form) {
    Batch batch = form.batch();
    if (request.batchSize() > batch.size() || request.row().number() > batch.size() + 1) {
      return Optional.of(
          refused(
                  "The request speaks of more rows than the batch had at its first row, for which status entries are reserved; upload the further rows as another batch")
              .problem());
    }
    if (request.validUntil() != null && request.validUntil().isBefore(request.validFrom())) {
      return Optional.of(
          refused("The validity ends before it begins; correct the expiration of the row")
              .problem());
    }
    return Optional.empty();
  }

  private Form make(FormKey key, int batchSize) {
    Organization organization =
        registry
            .organization(key.organization())
            .orElseThrow(() -> refused("There is no such organization"));
    CredentialDefinition definition =
        registry
            .definition(key.organization(), key.definitionId())
            .orElseThrow(
                () ->
                    refused(
                        "The organization has no such credential definition; upload the row with one of its own"));
    if (!definition.published()) {
      throw refused("The credential definition is not published; publish it and retry the row");
    }
    if (key.certificateTemplateId() != null
        && registry
            .certificateTemplate(key.organization(), key.certificateTemplateId())
            .filter(template -> template.published())
            .isEmpty()) {
      throw refused(
          "The organization has no such published certificate template; upload the row with one of its own");
    }
    if (batchSize > config.largestBatch()) {
      throw refused(
          "A batch has at most %d rows; upload the rows in several"
              .formatted(config.largestBatch()));
    }
    Batch batch = batches.pin(key.batch(), organization, batchSize);
    if (!batch.organization().equals(key.organization())) {
      throw refused("The batch belongs to another organization");
    }
    // Nothing is issued whose status cannot be looked up: the lists are signed before the first
    // row.
    publishing.publish(organization);
    SigningKey signingKey =
        keys.byKid(batch.kid())
            .orElseThrow(() -> new IllegalStateException("there is no key " + batch.kid()));
    CredentialTemplate template = new CredentialTemplate(organization, definition, key.validFrom());
    return new Form(
        batch,
        definitions.number(
            batch.number(), key.definitionId(), key.certificateTemplateId(), key.validFrom()),
        template,
        proofs.of(definition, template, signingKey, key.validFrom()),
        signingKey,
        organization,
        lists);
  }

  /** As of the last seconds: a form outlives that. */
  private boolean revoked(SigningKey key) {
    return keys.byKid(key.kid()).filter(now -> now.status() == KeyStatus.REVOKED).isPresent();
  }

  private static ProblemException refused(String detail) {
    return ProblemType.ROW_NOT_ISSUABLE.because(detail);
  }
}
