package dev.credmill.notification.email.template;

import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A message template as it is entered. */
@Schema(name = "NewMessageTemplate")
public record MessageTemplateRequest(
    @Schema(
            nullable = true,
            description =
                "The credential definition (one version) whose messages say this; null for all of the organization's",
            examples = "0193a1c2-7d10-7b3e-8f21-6a5b4c3d2e1f")
        String definitionId,
    @Schema(
            description =
                "What is told: that a credential was issued (the default), revoked, suspended or reinstated",
            examples = "ISSUED")
        Purpose purpose,
    @Schema(
            nullable = true,
            description =
                "BCP 47 tag; de is also taken for de-AT. Null for recipients of whatever language",
            examples = "de")
        String language,
    @Schema(
            description = "Mustache, one line of 200 characters at most",
            examples = "{{title}} von {{issuer}}")
        String subject,
    @Schema(
            nullable = true,
            description =
                "Mustache: plain paragraphs with empty lines between them; shown in our layout, and as text. A link that stands alone becomes a button. Needed unless html and text are given",
            examples = "Guten Tag{{#name}} {{name}}{{/name}},\n\nIhr Diplom ist da:\n\n{{link}}")
        String body,
    @Schema(
            nullable = true,
            description = "Mustache: a whole HTML document in place of our layout; no scripts")
        String html,
    @Schema(
            nullable = true,
            description = "Mustache: the text that goes with html; the body if left out")
        String text,
    @Schema(
            nullable = true,
            description = "A picture above the words, by https; for body",
            examples = "https://acme.example/logo.png")
        String logoUrl,
    @Schema(
            nullable = true,
            description = "Colour of button and links; for body. We see to it that it can be read",
            examples = "#7a1fa2")
        String accentColor) {

  public MessageTemplateRequest {
    purpose = purpose == null ? Purpose.ISSUED : purpose;
  }

  /**
   * The template that this makes.
   *
   * @throws dev.credmill.contracts.problem.ProblemException with all that is to be corrected
   */
  MessageTemplate template(UUID id, Instant now) {
    new TemplateCheck(this).run();
    return new MessageTemplate(
        id,
        1,
        definitionId,
        purpose,
        language == null ? null : canonical(language),
        subject,
        body,
        html,
        text,
        logoUrl,
        accentColor,
        now,
        now);
  }

  /**
   * One spelling for each language.
   *
   * @throws java.util.IllformedLocaleException when it is no tag
   */
  static String canonical(String language) {
    return new Locale.Builder().setLanguageTag(language).build().toLanguageTag();
  }
}
