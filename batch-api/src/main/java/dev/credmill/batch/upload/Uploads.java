package dev.credmill.batch.upload;

import dev.credmill.batch.Batch;
import dev.credmill.batch.BatchConfig;
import dev.credmill.batch.sheet.CellSources;
import dev.credmill.batch.sheet.Header;
import dev.credmill.batch.sheet.SheetColumns;
import dev.credmill.batch.validation.ValidationLanes;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.Registry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/**
 * Takes a file in: everything that can be told at once is told at once, and nothing is stored of a
 * file that is refused. What is accepted is stored whole before the caller hears so.
 */
@ApplicationScoped
class Uploads {
  private static final int LONGEST_STORING = 600; // seconds
  private final BatchConfig config;
  private final Registry registry;
  private final Definitions definitions;
  private final StoredFile file;
  private final IdempotencyKeys keys;
  private final ColumnMappings mappings;
  private final ValidationLanes lanes;
  private final Clock clock;

  Uploads(
      BatchConfig config,
      Registry registry,
      Definitions definitions,
      StoredFile file,
      IdempotencyKeys keys,
      ColumnMappings mappings,
      ValidationLanes lanes,
      Clock clock) {
    this.config = config;
    this.registry = registry;
    this.definitions = definitions;
    this.file = file;
    this.keys = keys;
    this.mappings = mappings;
    this.lanes = lanes;
    this.clock = clock;
  }

  /**
   * Checks and stores an upload.
   *
   * @param idempotencyKey may be null; the same key with the same request gives the same batch
   * @throws ProblemException when it is refused
   */
  BatchId accept(UploadRequest request, Caller caller, String idempotencyKey) throws IOException {
    Accepted accepted = check(request, caller);
    byte[] hash = hash(request);
    BatchId id = BatchId.at(clock.instant());
    BatchId stored =
        QuarkusTransaction.requiringNew()
            .timeout(LONGEST_STORING)
            .call(() -> store(id, request, caller, accepted, hash, idempotencyKey));
    lanes.wake();
    return stored;
  }

  /** What the checks have found out. */
  private record Accepted(FirstLook look, String certificateTemplateId, CellSources sources) {}

  private Accepted check(UploadRequest request, Caller caller) throws IOException {
    FirstLook look = FirstLook.at(request.file(), request.charset(), config, 1);
    Header header = Header.of(look.header(), request.mapping());
    if (request.definitionId() == null) {
      mustNameDefinitions(header, request);
      return new Accepted(look, null, CellSources.NONE);
    }
    CredentialDefinition definition =
        definitions.published(caller.organization(), request.definitionId());
    SheetColumns columns = SheetColumns.match(header, definition, request.media());
    return new Accepted(
        look, template(request, definition, caller), CellSources.of(columns, definition));
  }

  private static void mustNameDefinitions(Header header, UploadRequest request) {
    if (header.indexOf(SheetColumns.ID) < 0) {
      throw ProblemType.INVALID_PARAMETER.because(
          "Say with the part definitionId what is to be issued, or give the sheet a column ID with the definition of each row; GET /v1/credential-definitions lists the definitions");
    }
    if (request.certificateTemplateId() != null) {
      throw ProblemType.INVALID_PARAMETER.because(
          "certificateTemplateId goes with one definitionId; in a sheet with a column ID each row has its definition's template");
    }
    SheetColumns.mustServeSeveral(header, request.media());
  }

  private String template(UploadRequest request, CredentialDefinition definition, Caller caller) {
    String id = request.certificateTemplateId();
    if (id == null) {
      return null;
    }
    if (!definition.hasCertificate()) {
      throw ProblemType.INVALID_PARAMETER.because(
          "The definition \"%s\" has no certificate, so it takes no certificateTemplateId"
              .formatted(definition.id()));
    }
    return registry
        .certificateTemplate(caller.organization(), id)
        .orElseThrow(
            () ->
                ProblemType.CERTIFICATE_TEMPLATE_UNKNOWN.because(
                    "GET /v1/certificate-templates lists your certificate templates"))
        .id();
  }

  private BatchId store(
      BatchId id,
      UploadRequest request,
      Caller caller,
      Accepted accepted,
      byte[] hash,
      String idempotencyKey)
      throws SQLException, IOException {
    Batch batch = batch(id, request, caller, accepted, hash);
    batch.persistAndFlush();
    if (idempotencyKey != null) {
      BatchId first = keys.claim(caller, idempotencyKey, fingerprint(batch), id);
      if (!first.equals(id)) {
        batch.delete();
        return first;
      }
    }
    if (!batch.mapping.isEmpty()) {
      mappings.remember(caller.organization(), request.definitionId(), batch.mapping);
    }
    try (InputStream content = Files.newInputStream(request.file())) {
      file.store(id, content);
    }
    return id;
  }

  private Batch batch(
      BatchId id, UploadRequest request, Caller caller, Accepted accepted, byte[] hash)
      throws IOException {
    Batch batch = new Batch();
    batch.id = id.value();
    batch.organization = caller.organization().value();
    batch.createdBy = caller.keyId();
    batch.createdAt = clock.instant();
    batch.label = request.label();
    batch.fileName = request.fileName();
    batch.fileSize = Files.size(request.file());
    batch.fileHash = hash;
    batch.byIdColumn = request.definitionId() == null;
    batch.definitionIds = batch.byIdColumn ? List.of() : List.of(request.definitionId());
    batch.certificateTemplateId = accepted.certificateTemplateId();
    batch.media = request.media().stream().map(Enum::name).toList();
    batch.claimCode = request.claimCode();
    batch.fallback = request.fallback();
    batch.mode = request.mode();
    batch.onInvalidRows = request.onInvalidRows();
    batch.onDuplicate = request.onDuplicate();
    batch.format = accepted.look().format();
    batch.header = accepted.look().header();
    batch.cellSources = accepted.sources().names();
    batch.mapping = request.mapping();
    batch.phase = Batch.Phase.VALIDATING;
    batch.warnings = duplicates(batch);
    batch.lastNumber = 1;
    batch.keyedNumber = 1;
    return batch;
  }

  /** The same file again is allowed, but hardly ever meant. */
  private static List<Batch.Warning> duplicates(Batch batch) {
    return Batch.<Batch>find(
            "organization = ?1 and fileHash = ?2 and phase <> ?3 order by createdAt desc",
            batch.organization,
            batch.fileHash,
            Batch.Phase.REJECTED)
        .firstResultOptional()
        .map(
            earlier ->
                new Batch.Warning(
                    "duplicate-file",
                    "This very file was uploaded before, as batch %s; every row issued here is issued again"
                        .formatted(earlier.id),
                    earlier.id.toString()))
        .stream()
        .toList();
  }

  private static byte[] fingerprint(Batch batch) {
    MessageDigest digest = sha256();
    digest.update(batch.fileHash);
    digest.update(
        List.of(
                batch.fileName,
                batch.definitionIds,
                Objects.toString(batch.certificateTemplateId),
                batch.format,
                batch.mapping,
                batch.media,
                batch.claimCode,
                Objects.toString(batch.fallback),
                Objects.toString(batch.label),
                batch.mode,
                batch.onInvalidRows,
                batch.onDuplicate)
            .toString()
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return digest.digest();
  }

  private static byte[] hash(UploadRequest request) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(request.file()), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
