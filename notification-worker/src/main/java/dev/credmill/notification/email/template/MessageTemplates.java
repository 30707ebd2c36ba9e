package dev.credmill.notification.email.template;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.TimeOrderedId;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.Registry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The message templates of all organizations. What is sent goes by what was there 5 seconds ago.
 */
@ApplicationScoped
public class MessageTemplates {
  private static final int MOST = 300;
  private static final Duration OLDEST = Duration.ofSeconds(5);
  private static final long MOST_CHARACTERS = 64_000_000;
  private static final Pattern DEFINITION = Pattern.compile("[A-Za-z0-9_-]{1,100}");

  private final LoadingCache<OrganizationId, OrganizationTemplates> known =
      Caffeine.newBuilder()
          .expireAfterWrite(OLDEST)
          .maximumWeight(MOST_CHARACTERS)
          .weigher((OrganizationId _, OrganizationTemplates templates) -> templates.size())
          .build(this::load);

  private final MessageTemplateTable table;
  private final Registry registry;
  private final Clock clock;

  MessageTemplates(MessageTemplateTable table, Registry registry, Clock clock) {
    this.table = table;
    this.registry = registry;
    this.clock = clock;
  }

  private OrganizationTemplates load(OrganizationId organization) {
    return new OrganizationTemplates(table.read(organization, null, 2 * MOST));
  }

  /**
   * The template that holds for a message; empty where it is the one that comes along.
   *
   * @param language BCP 47 tag of the recipient's; null where it is unknown
   */
  public Optional<MessageTemplate> find(
      OrganizationId organization, String definitionId, Purpose purpose, String language) {
    return known.get(organization).find(definitionId, purpose, language);
  }

  List<MessageTemplate> read(OrganizationId organization, UUID after, int limit) {
    return table.read(organization, after, limit);
  }

  MessageTemplate get(OrganizationId organization, UUID id) {
    return table.find(organization, id).orElseThrow(MessageTemplates::notFound);
  }

  MessageTemplate create(OrganizationId organization, MessageTemplateRequest request) {
    MessageTemplate template = check(organization, request);
    switch (table.insert(organization, template, MOST)) {
      case DONE -> known.invalidate(organization);
      case TAKEN -> throw taken();
      case NOT_DONE ->
          throw ProblemType.CONFLICT.because(
              "There are %d message templates, which is as many as there may be; delete one first"
                  .formatted(MOST));
    }
    return template;
  }

  MessageTemplate replace(OrganizationId organization, UUID id, MessageTemplateRequest request) {
    get(organization, id);
    MessageTemplate template = check(organization, request);
    switch (table.replace(organization, id, template, template.updatedAt())) {
      case DONE -> known.invalidate(organization);
      case TAKEN -> throw taken();
      case NOT_DONE -> throw notFound();
    }
    return get(organization, id);
  }

  void delete(OrganizationId organization, UUID id) {
    if (!table.delete(organization, id)) {
      throw notFound();
    }
    known.invalidate(organization);
  }

  /** What the request makes; it is not kept. */
  MessageTemplate check(OrganizationId organization, MessageTemplateRequest request) {
    Instant now = clock.instant();
    MessageTemplate template = request.template(TimeOrderedId.at(now), now);
    if (template.definitionId() != null) {
      mustBeOf(organization, template.definitionId());
    }
    return template;
  }

  void mustBeOf(OrganizationId organization, String definitionId) {
    if (!DEFINITION.matcher(definitionId).matches()
        || registry.definition(organization, definitionId).isEmpty()) {
      throw ProblemType.DEFINITION_UNKNOWN.because(
          "The organization has no such credential definition; GET /v1/credential-definitions lists its own");
    }
  }

  static ProblemException notFound() {
    return ProblemType.NOT_FOUND.because(
        "There is no message template of that id; GET /v1/message-templates lists yours");
  }

  private static ProblemException taken() {
    return ProblemType.ALREADY_EXISTS.because(
        "There is a message template for this definition, purpose and language already; PUT /v1/message-templates/{id} changes it");
  }
}
