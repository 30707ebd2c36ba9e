package dev.credmill.batch.preview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.batch.Batch;
import dev.credmill.batch.relay.RelayRows;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.preview.CertificatePreview;
import dev.credmill.contracts.preview.CertificatePreviewClient;
import dev.credmill.contracts.preview.MessagePreview;
import dev.credmill.contracts.preview.MessagePreviewClient;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.Registry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Has certificate and messages of a row made by the services that make the real ones, from what
 * would be sent to them if the row were issued now. Only the link is a stand-in: the real one is
 * made with the credential.
 */
@ApplicationScoped
class Previews {
  private static final String PLACE_OF_THE_LINK = "/c/preview";
  private static final String PLACE_OF_THE_CLAIM_LINK = "/claim/preview";
  private static final String PLACE_OF_THE_CLAIM_CODE = "000000";

  /** What the other service says of the row or of its own state; the rest is our own fault. */
  private static final Set<Integer> PASSED_ON = Set.of(422, 503);

  private final PreviewedRows rows;
  private final Registry registry;
  private final CertificatePreviewClient certificates;
  private final MessagePreviewClient messages;
  private final ObjectMapper json;
  private final Clock clock;

  Previews(
      PreviewedRows rows,
      Registry registry,
      @RestClient CertificatePreviewClient certificates,
      @RestClient MessagePreviewClient messages,
      ObjectMapper json,
      Clock clock) {
    this.rows = rows;
    this.registry = registry;
    this.certificates = certificates;
    this.messages = messages;
    this.json = json;
    this.clock = clock;
  }

  byte[] png(Batch batch, int number) {
    return certificate(batch, number, certificates::png);
  }

  byte[] pdf(Batch batch, int number) {
    return certificate(batch, number, certificates::pdf);
  }

  /** By the batch's media. */
  Map<Medium, MessagePreview> messages(Batch batch, int number) {
    if (batch.media.isEmpty()) {
      throw ProblemType.CONFLICT.because(
          "This batch sends no messages; upload the sheet with medium=EMAIL or medium=SMS to have some");
    }
    PreviewedRow row = rows.get(batch, number);
    Map<Medium, MessagePreview> written = new EnumMap<>(Medium.class);
    for (Medium medium : batch.mediaSet()) {
      row.contact(medium)
          .map(contact -> message(batch, row, medium, contact))
          .ifPresent(message -> written.put(medium, ask(() -> messages.preview(message))));
    }
    return written;
  }

  private byte[] certificate(
      Batch batch, int number, BiFunction<String, CertificatePreview, byte[]> drawing) {
    PreviewedRow row = rows.get(batch, number);
    String template =
        Optional.ofNullable(batch.certificateTemplateId)
            .orElse(row.definition().certificateTemplateId());
    if (template == null) {
      throw ProblemType.CONFLICT.because(
          "The definition \"%s\" comes without a certificate, so there is none to preview"
              .formatted(row.definition().id()));
    }
    Instant validFrom = batch.validFrom == null ? clock.instant() : batch.validFrom;
    CertificatePreview wanted =
        new CertificatePreview(
            batch.organizationId(),
            row.definition().id(),
            claims(row),
            validFrom,
            RelayRows.validUntil(validFrom, row.expiration(), row.definition().validity()),
            link(batch));
    return ask(() -> drawing.apply(template, wanted));
  }

  private DeliveryRequested message(Batch batch, PreviewedRow row, Medium medium, String contact) {
    boolean codeOnly = batch.claimCode && medium == Medium.SMS;
    return new DeliveryRequested(
        row.id(),
        batch.organizationId(),
        row.definition().id(),
        medium,
        DeliveryRequested.Purpose.ISSUED,
        1,
        contact,
        row.name(),
        row.language(),
        link(batch),
        codeOnly ? null : publicUrl(batch) + PLACE_OF_THE_CLAIM_LINK,
        codeOnly ? PLACE_OF_THE_CLAIM_CODE : null);
  }

  private String link(Batch batch) {
    return publicUrl(batch) + PLACE_OF_THE_LINK;
  }

  private String publicUrl(Batch batch) {
    return registry.organization(batch.organizationId()).map(Organization::publicUrl).orElseThrow();
  }

  private JsonNode claims(PreviewedRow row) {
    try {
      return json.readTree(row.claims());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored claims are no JSON", e);
    }
  }

  private static <T> T ask(Supplier<T> question) {
    try {
      return question.get();
    } catch (WebApplicationException e) {
      Response answer = e.getResponse();
      throw PASSED_ON.contains(answer.getStatus())
          ? new ProblemException(answer.readEntity(Problem.class))
          : new IllegalStateException("a preview was answered " + answer.getStatus(), e);
    }
  }
}
