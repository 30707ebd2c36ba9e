package dev.credmill.registry.definition;

import dev.credmill.certificate.CertificateSvg;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.Problem.Fault;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.CredentialDefinition.Display;
import dev.credmill.registry.catalogue.CatalogueEntries;
import dev.credmill.registry.catalogue.CatalogueId;
import dev.credmill.registry.catalogue.Page;
import dev.credmill.registry.catalogue.PageRequest;
import dev.credmill.registry.schema.CredentialSchema;
import dev.credmill.registry.schema.CredentialSchemas;
import dev.credmill.registry.template.CertificateTemplate;
import dev.credmill.registry.template.CertificateTemplates;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The credential definitions of all organizations. */
@ApplicationScoped
public class CredentialDefinitions extends CatalogueEntries<CredentialDefinition> {
  private static final int LONGEST_SEARCH = 200;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
  private final CredentialSchemas schemas;
  private final CertificateTemplates templates;
  private final PublishedTypes types;
  private final Clock clock;

  CredentialDefinitions(
      CredentialSchemas schemas,
      CertificateTemplates templates,
      PublishedTypes types,
      Clock clock) {
    this.types = types;
    this.schemas = schemas;
    this.templates = templates;
    this.clock = clock;
  }

  @Transactional
  public CredentialDefinition create(
      OrganizationId organization, Caller by, NewCredentialDefinition entered) {
    String id = CatalogueId.wantedOr(entered.id(), entered.name());
    List<Fault> faults = new ArrayList<>();
    Optional<CredentialSchema> schema = schemas.of(organization, entered.schemaId());
    if (schema.isEmpty()) {
      faults.add(new Fault("schemaId", "unknown", "names no schema of yours; see GET /v1/schemas"));
    }
    Optional<CertificateTemplate> template =
        Optional.ofNullable(entered.certificateTemplateId())
            .flatMap(wanted -> templates.of(organization, wanted));
    if (entered.certificateTemplateId() != null && template.isEmpty()) {
      faults.add(
          new Fault(
              "certificateTemplateId",
              "unknown",
              "names no template of yours; see GET /v1/certificate-templates"));
    } else {
      schema.ifPresent(found -> faults.addAll(mismatches(found, template)));
    }
    Optional<CredentialDefinition> predecessor =
        Optional.ofNullable(entered.supersedes()).flatMap(older -> of(organization, older));
    if (entered.supersedes() != null && predecessor.isEmpty()) {
      faults.add(
          new Fault(
              "supersedes",
              "unknown",
              "names no definition of yours; see GET /v1/credential-definitions"));
    }
    Optional<CredentialType> type = type(entered, schema, faults);
    Forms forms = Forms.of(entered, schema, faults);
    OpenBadgeCheck.check(entered, schema, type, faults);
    Display display = display(entered, faults);
    if (entered.validity() != null) {
      try {
        new Validity(entered.validity());
      } catch (IllegalArgumentException e) {
        faults.add(new Fault("validity", "period", e.getMessage()));
      }
    }
    refuseIfAny(faults);
    CredentialDefinition definition =
        new CredentialDefinition(
            id,
            entered,
            predecessor.orElse(null),
            type.orElseThrow(),
            schema.orElseThrow(),
            template.orElse(null),
            forms,
            display,
            by.keyId(),
            clock.instant());
    predecessor.ifPresent(older -> definition.number(latestVersion(older) + 1));
    return add(definition);
  }

  /** Publishes it and what it is made of, all at once. */
  @Transactional
  public Optional<CredentialDefinition> publish(OrganizationId organization, String id) {
    Optional<CredentialDefinition> definition = of(organization, id);
    Instant now = clock.instant();
    definition.ifPresent(
        found -> {
          // Drawn before anything is held.
          Optional<PublishedType> type = found.isPublished() ? Optional.empty() : types.draw(found);
          schemas.publish(found.schema(), now);
          if (found.template() != null) {
            templates.publish(found.template(), now);
          }
          publish(found, now);
          type.filter(_ -> found.isWithoutType()).ifPresent(drawn -> keep(found, drawn));
        });
    return definition;
  }

  /** Of two who publish at once the first one's is kept. */
  private void keep(CredentialDefinition definition, PublishedType type) {
    definition.typeIntegrity(type.integrity());
    types.persist(type);
  }

  /** Those whose name, description, type or id contains the text; all without one. */
  Page<CredentialDefinition> page(OrganizationId organization, String text, PageRequest request) {
    if (text == null || text.isBlank()) {
      return page(organization, request);
    }
    if (text.length() > LONGEST_SEARCH || CONTROL.matcher(text).find()) {
      throw ProblemType.INVALID_PARAMETER.because(
          "q must be one line of %d characters at most".formatted(LONGEST_SEARCH));
    }
    String contained =
        "%" + text.strip().toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%";
    return request.of(
        this,
        """
        organizationId = :organization
        and (lower(name) like :text escape '\\' or lower(description) like :text escape '\\'
          or lower(type) like :text escape '\\' or id like :text escape '\\')
        """,
        Map.of("organization", organization.value(), "text", contained));
  }

  private int latestVersion(CredentialDefinition ofLineage) {
    return find("lineage = ?1 order by version desc", ofLineage.lineage())
        .firstResultOptional()
        .orElseThrow()
        .version();
  }

  /** What does not fit between the schema and the template. */
  private static List<Fault> mismatches(
      CredentialSchema schema, Optional<CertificateTemplate> template) {
    boolean asks = schema.claims().asksForCertificate();
    if (asks && template.isEmpty()) {
      return List.of(
          new Fault(
              "certificateTemplateId",
              "missing",
              "is needed, since the schema asks for a certificate with its claim Cred_URL"));
    }
    if (!asks && template.isPresent()) {
      return List.of(
          new Fault(
              "certificateTemplateId",
              "unused",
              "must be left out, or the schema must have the claim Cred_URL, which asks for a certificate"));
    }
    Set<String> unknown = new TreeSet<>();
    template.ifPresent(found -> unknown.addAll(found.placeholders()));
    unknown.removeAll(CertificateSvg.BUILT_IN);
    unknown.removeIf(schema.claims()::hasClaim);
    return unknown.stream()
        .map(
            name ->
                new Fault(
                    "certificateTemplateId",
                    "placeholder",
                    "shows {{%s}}, which is no claim of the schema".formatted(name)))
        .toList();
  }

  private static Optional<CredentialType> type(
      NewCredentialDefinition entered, Optional<CredentialSchema> schema, List<Fault> faults) {
    try {
      CredentialType type =
          entered.type() == null
              ? CredentialType.of(entered.name())
              : new CredentialType(entered.type());
      if (schema.isPresent() && schema.get().claims().hasClaim(type.value())) {
        faults.add(
            new Fault("type", "reserved", "must differ from the claim that is named the same"));
      }
      return Optional.of(type);
    } catch (IllegalArgumentException e) {
      faults.add(new Fault("type", "type", e.getMessage()));
      return Optional.empty();
    }
  }

  private static Display display(NewCredentialDefinition entered, List<Fault> faults) {
    NewCredentialDefinition.Display wanted =
        entered.display() == null
            ? new NewCredentialDefinition.Display(null, null, null, null, null, null)
            : entered.display();
    String locale = wanted.locale() == null ? "en" : wanted.locale();
    try {
      locale = new Locale.Builder().setLanguageTag(locale).build().toLanguageTag();
    } catch (IllformedLocaleException e) {
      faults.add(
          new Fault(
              "display.locale", "locale", "must be a BCP 47 language tag such as en or pt-BR"));
    }
    String title =
        wanted.title() == null || wanted.title().isBlank() ? entered.name() : wanted.title();
    return new Display(
        title.strip(),
        wanted.description(),
        locale,
        wanted.logo(),
        wanted.backgroundColor(),
        wanted.textColor());
  }

  private static void refuseIfAny(List<Fault> faults) {
    if (faults.isEmpty()) {
      return;
    }
    Fault first = faults.getFirst();
    throw new ProblemException(
        Problem.of(
            ProblemType.DEFINITION_INVALID,
            faults.size() == 1
                ? first.field() + " " + first.message()
                : "%d things are wrong, see errors; the first: %s %s"
                    .formatted(faults.size(), first.field(), first.message()),
            faults));
  }
}
