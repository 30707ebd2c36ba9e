package dev.credmill.notification.email.template;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.preview.MessagePreview;
import dev.credmill.notification.email.trial.TestMessages;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Looking at templates before recipients do. */
@ApplicationScoped
class TemplateTests {
  private final MessageTemplates templates;
  private final Samples samples;
  private final TestMessages messages;

  TemplateTests(MessageTemplates templates, Samples samples, TestMessages messages) {
    this.templates = templates;
    this.samples = samples;
    this.messages = messages;
  }

  MessagePreview preview(
      OrganizationId organization, MessageTemplateRequest request, String definitionId) {
    if (definitionId != null) {
      templates.mustBeOf(organization, definitionId);
    }
    MessageTemplate template = templates.check(organization, request);
    return samples.preview(
        organization, template, definitionId == null ? template.definitionId() : definitionId);
  }

  TestMessages.Sent send(OrganizationId organization, UUID id, String to) {
    MessageTemplate template = templates.get(organization, id);
    return messages.send(
        organization, to, () -> samples.send(organization, template, template.definitionId(), to));
  }
}
