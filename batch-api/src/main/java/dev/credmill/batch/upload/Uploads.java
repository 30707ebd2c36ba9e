package dev.credmill.batch.upload;

import dev.credmill.batch.Batch;
import dev.credmill.batch.BatchConfig;
import dev.credmill.batch.sheet.CsvSheet;
import dev.credmill.batch.sheet.SheetColumns;
import dev.credmill.batch.sheet.SheetFormat;
import dev.credmill.batch.validation.ValidationLanes;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.Registry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedInputStream;
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
  private final StoredFile file;
  private final IdempotencyKeys keys;
  private final ValidationLanes lanes;
  private final Clock clock;

  Uploads(
      BatchConfig config,
      Registry registry,
      StoredFile file,
      IdempotencyKeys keys,
      ValidationLanes lanes,
      Clock clock) {
    this.config = config;
    this.registry = registry;
    this.file = file;
    this.keys = keys;
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
    Sheet sheet = check(request, caller);
    byte[] hash = hash(request);
    BatchId id = BatchId.at(clock.instant());
    BatchId stored =
        QuarkusTransaction.requiringNew()
            .timeout(LONGEST_STORING)
            .call(() -> store(id, request, caller, sheet, hash, idempotencyKey));
    lanes.wake();
    return stored;
  }

  /** What the first look at a file tells. */
  private record Sheet(char delimiter, String[] header, String certificateTemplateId) {}

  private Sheet check(UploadRequest request, Caller caller) throws IOException {
    long size = Files.size(request.file());
    if (size > config.maxFileSize().asLongValue()) {
      throw ProblemType.FILE_TOO_LARGE.because(
          "The file has %d bytes; %d are the most. Split it into several files"
              .formatted(size, config.maxFileSize().asLongValue()));
    }
    SheetFormat.Csv format =
        (SheetFormat.Csv) SheetFormat.detect(request.file(), null, config); // CSV only, for now
    CredentialDefinition definition = definition(request, caller);
    String[][] header = new String[1][];
    boolean[] hasRows = new boolean[1];
    try (CsvSheet sheet = new CsvSheet(open(request), size, format, config)) {
      sheet.read(
          (number, cells) -> {
            header[0] = number == 1 ? cells : header[0];
            hasRows[0] =
                number > 1_000 || (number > 1 && !dev.credmill.batch.sheet.Sheet.isBlank(cells));
            return !hasRows[0];
          });
      if (header[0] == null || dev.credmill.batch.sheet.Sheet.isBlank(header[0])) {
        throw ProblemType.FILE_EMPTY.because(
            "Row 1 must be the header. The sheet to fill in is at /v1/credential-definitions/%s/sheet.csv"
                .formatted(definition.id()));
      }
      SheetColumns.match(header[0], definition, request.media());
      if (!hasRows[0]) {
        throw ProblemType.SHEET_WITHOUT_ROWS.because(
            "Add one row for each recipient below the header and upload the sheet again");
      }
      return new Sheet(format.delimiter(), header[0], template(request, definition, caller));
    }
  }

  private CredentialDefinition definition(UploadRequest request, Caller caller) {
    CredentialDefinition definition =
        registry
            .definition(caller.organization(), request.definitionId())
            .orElseThrow(
                () ->
                    ProblemType.DEFINITION_UNKNOWN.because(
                        "There is no definition \"%s\"; GET /v1/credential-definitions lists yours"
                            .formatted(request.definitionId())));
    if (!definition.published()) {
      throw ProblemType.DEFINITION_NOT_PUBLISHED.because(
          "Publish it with POST /v1/credential-definitions/%s/publish".formatted(definition.id()));
    }
    return definition;
  }

  private String template(UploadRequest request, CredentialDefinition definition, Caller caller) {
    String id = request.certificateTemplateId();
    if (id == null) {
      return definition.certificateTemplateId();
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
      Sheet sheet,
      byte[] hash,
      String idempotencyKey)
      throws SQLException, IOException {
    Batch batch = batch(id, request, caller, sheet, hash);
    batch.persistAndFlush();
    if (idempotencyKey != null) {
      BatchId first = keys.claim(caller, idempotencyKey, fingerprint(batch), id);
      if (!first.equals(id)) {
        batch.delete();
        return first;
      }
    }
    try (InputStream content = open(request)) {
      file.store(id, content);
    }
    return id;
  }

  private Batch batch(BatchId id, UploadRequest request, Caller caller, Sheet sheet, byte[] hash)
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
    batch.definitionId = request.definitionId();
    batch.certificateTemplateId = sheet.certificateTemplateId();
    batch.media = request.media().stream().map(Enum::name).toList();
    batch.mode = request.mode();
    batch.onInvalidRows = request.onInvalidRows();
    batch.delimiter = sheet.delimiter();
    batch.header = List.of(sheet.header());
    batch.phase = Batch.Phase.VALIDATING;
    batch.warnings = duplicates(batch);
    batch.lastNumber = 1;
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
                batch.definitionId,
                Objects.toString(batch.certificateTemplateId),
                batch.media,
                Objects.toString(batch.label),
                batch.mode,
                batch.onInvalidRows)
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

  private static InputStream open(UploadRequest request) throws IOException {
    return new BufferedInputStream(Files.newInputStream(request.file()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
