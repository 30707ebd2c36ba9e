package dev.credmill.notification.email.template;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.preview.MessagePreview;
import dev.credmill.notification.delivery.Attempt;

/** Messages by a template to a recipient who does not exist. */
public interface Samples {
  /**
   * What such a message says.
   *
   * @param definitionId the definition whose words stand in it; null for made-up ones
   */
  MessagePreview preview(
      OrganizationId organization, MessageTemplate template, String definitionId);

  /**
   * Sends it to a real address, with {@code [Test]} before its subject.
   *
   * @throws IllegalArgumentException when nobody can be written to at that address
   */
  Attempt send(
      OrganizationId organization, MessageTemplate template, String definitionId, String to);
}
