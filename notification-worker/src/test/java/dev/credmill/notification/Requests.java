package dev.credmill.notification;

import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import java.time.Instant;

/** Requests as the batch API publishes them. */
final class Requests {
  static final String LINK = "https://credentials.example.org/c/AbC-dEf_0123456789";

  static final String CLAIM_LINK = "https://credentials.example.org/claim/XyZ-9876543210";

  private Requests() {}

  /** The same with the link to a claim, or the code of one. */
  static DeliveryRequested claimable(DeliveryRequested request, String link, String code) {
    return new DeliveryRequested(
        request.row(),
        request.organization(),
        request.definitionId(),
        request.medium(),
        request.purpose(),
        request.generation(),
        request.contact(),
        request.name(),
        request.language(),
        request.link(),
        link,
        code);
  }

  /** The same about a change of status. */
  static DeliveryRequested about(
      DeliveryRequested request, DeliveryRequested.Purpose purpose, int change) {
    return new DeliveryRequested(
        request.row(),
        request.organization(),
        request.definitionId(),
        request.medium(),
        purpose,
        change,
        request.contact(),
        request.name(),
        request.language(),
        request.link());
  }

  static RowId row() {
    return new RowId(BatchId.at(Instant.now()), 2);
  }

  static DeliveryRequested email(RowId row, String address, String name) {
    return request(
        row, CatalogueInMemory.ACME, CatalogueInMemory.DIPLOMA, Medium.EMAIL, address, name);
  }

  static DeliveryRequested sms(RowId row, String number) {
    return request(
        row, CatalogueInMemory.ACME, CatalogueInMemory.DIPLOMA, Medium.SMS, number, "Ada");
  }

  static DeliveryRequested request(
      RowId row,
      OrganizationId organization,
      String definition,
      Medium medium,
      String contact,
      String name) {
    return new DeliveryRequested(
        row,
        organization,
        definition,
        medium,
        DeliveryRequested.Purpose.ISSUED,
        1,
        contact,
        name,
        null,
        LINK);
  }
}
