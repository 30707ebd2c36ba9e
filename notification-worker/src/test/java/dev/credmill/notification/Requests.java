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

  private Requests() {}

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
