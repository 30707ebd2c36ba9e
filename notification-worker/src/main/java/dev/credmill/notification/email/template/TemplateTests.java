package dev.credmill.notification.email.template;

import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.preview.MessagePreview;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.notification.delivery.Attempt;
import dev.credmill.notification.suppression.Suppressions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Looking at templates before recipients do. */
@ApplicationScoped
class TemplateTests {
  private final MessageTemplates templates;
  private final Samples samples;
  private final Suppressions suppressions;
  private final TestLimit limit;

  TemplateTests(
      MessageTemplates templates, Samples samples, Suppressions suppressions, TestLimit limit) {
    this.templates = templates;
    this.samples = samples;
    this.suppressions = suppressions;
    this.limit = limit;
  }

  /** Whom to send it to. */
  @Schema(name = "MessageTemplateTest")
  public record To(
      @Schema(description = "An email address", examples = "registrar@acme.example") String to) {
    public To {
      if (to == null || to.isBlank() || to.length() > 320) {
        throw badAddress();
      }
      to = to.strip();
    }

    /** Never says whom. */
    @Override
    public String toString() {
      return "somebody";
    }
  }

  /** It went out. */
  @Schema(name = "MessageTemplateTestSent")
  public record Sent(
      @Schema(description = "The address", examples = "registrar@acme.example") String to,
      @Schema(description = "SENT: the mail server has taken it", examples = "SENT")
          DeliveryStatus status) {}

  MessagePreview preview(
      OrganizationId organization, MessageTemplateRequest request, String definitionId) {
    if (definitionId != null) {
      templates.mustBeOf(organization, definitionId);
    }
    MessageTemplate template = templates.check(organization, request);
    return samples.preview(
        organization, template, definitionId == null ? template.definitionId() : definitionId);
  }

  Sent send(OrganizationId organization, UUID id, String to) {
    MessageTemplate template = templates.get(organization, id);
    mustNotBeSuppressed(organization, to);
    limit.count(organization);
    Attempt attempt;
    try {
      attempt = samples.send(organization, template, template.definitionId(), to);
    } catch (IllegalArgumentException _) {
      throw badAddress();
    }
    return switch (attempt) {
      case Attempt.Taken _ -> new Sent(to, DeliveryStatus.SENT);
      case Attempt.Refused refused -> throw notTaken(refused.words());
      case Attempt.Postponed postponed -> throw notTaken(postponed.words());
      case Attempt.Deferred deferred -> throw notTaken(deferred.words());
      case Attempt.Uncertain uncertain ->
          throw notTaken(uncertain.words() + ". It may have gone out all the same");
      case Attempt.Unreachable unreachable -> throw notTaken(unreachable.words());
    };
  }

  private void mustNotBeSuppressed(OrganizationId organization, String to) {
    try {
      boolean isSuppressed =
          !suppressions
              .among(Medium.EMAIL, List.of(to), _ -> organization, address -> address)
              .isEmpty();
      if (isSuppressed) {
        throw notTaken(
            "The address is in the suppression list; take it out with DELETE /v1/suppressions/{id} if that is wrong");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the suppression list could not be read", e);
    }
  }

  private static ProblemException notTaken(String words) {
    return ProblemType.MESSAGE_NOT_DELIVERED.because(words);
  }

  private static ProblemException badAddress() {
    return ProblemType.INVALID_BODY.because(
        "`to` is no address that can be written to; write one such as ada@example.org");
  }
}
