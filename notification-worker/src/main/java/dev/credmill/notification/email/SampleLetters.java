package dev.credmill.notification.email;

import dev.credmill.contracts.CredmillConfig;
import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.preview.MessagePreview;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.Registry;
import dev.credmill.notification.delivery.Attempt;
import dev.credmill.notification.delivery.Delivery;
import dev.credmill.notification.delivery.DeliveryKey;
import dev.credmill.notification.email.template.MessageTemplate;
import dev.credmill.notification.email.template.Samples;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Letters to Ada Lovelace, who gets none of them. */
@ApplicationScoped
class SampleLetters implements Samples {
  private static final String NAME = "Ada Lovelace";
  private static final String ADDRESS = "ada@example.org";
  private static final int FIRST_ROW = 2;

  private final EmailSender sender;
  private final Letters letters;
  private final Registry registry;
  private final String publicUrl;
  private final Clock clock;

  SampleLetters(
      EmailSender sender, Letters letters, Registry registry, CredmillConfig config, Clock clock) {
    this.sender = sender;
    this.letters = letters;
    this.registry = registry;
    this.publicUrl = config.publicUrl();
    this.clock = clock;
  }

  @Override
  public MessagePreview preview(
      OrganizationId organization, MessageTemplate template, String definitionId) {
    Letter letter = letter(organization, template, definitionId);
    Rendering shown = letters.shown(letter, language(template, letter), template);
    return sender.preview(ADDRESS, organization, letter, shown);
  }

  @Override
  public Attempt send(
      OrganizationId organization, MessageTemplate template, String definitionId, String to) {
    Letter letter = letter(organization, template, definitionId);
    return send(
        organization,
        template.definitionId(),
        letter,
        letters.shown(letter, language(template, letter), template),
        to);
  }

  /** In our words. */
  Attempt send(OrganizationId organization, String to) {
    Letter letter = letter(organization, Purpose.ISSUED, null, null);
    return send(
        organization, null, letter, letters.shown(letter, Words.in(null).language(), null), to);
  }

  /** A message of its own, of no row. */
  private Attempt send(
      OrganizationId organization, String definitionId, Letter letter, Rendering shown, String to) {
    Delivery delivery =
        new Delivery(
            new DeliveryKey(
                new RowId(BatchId.at(clock.instant()), FIRST_ROW),
                Medium.EMAIL,
                letter.purpose(),
                1),
            organization,
            definitionId == null ? "" : definitionId,
            to,
            letter.name(),
            letter.language(),
            letter.link(),
            letter.claimLink(),
            null,
            1,
            0,
            clock.instant());
    return sender.sendNow(
        delivery,
        letter,
        new PreparedLetter(new Rendering("[Test] " + shown.subject(), shown.text(), shown.html())));
  }

  private Letter letter(
      OrganizationId organization, MessageTemplate template, String definitionId) {
    return letter(organization, template.purpose(), template.language(), definitionId);
  }

  private Letter letter(
      OrganizationId organization, Purpose purpose, String language, String definitionId) {
    Words words = Words.in(language);
    String issuer =
        registry.organization(organization).map(Organization::name).orElse(organization.value());
    Optional<CredentialDefinition> definition =
        Optional.ofNullable(definitionId).flatMap(id -> registry.definition(organization, id));
    return new Letter(
        purpose,
        NAME,
        Letter.line(issuer),
        definition.map(Letter::title).orElseGet(() -> words.say("sample.title", Map.of())),
        definition
            .map(Letter::description)
            .orElseGet(() -> words.say("sample.description", Map.of())),
        publicUrl + "/c/sample",
        publicUrl + "/claim/sample",
        definition.map(Letter::language).orElse(null));
  }

  private static String language(MessageTemplate template, Letter letter) {
    return template.language() == null ? letter.language() : template.language();
  }
}
