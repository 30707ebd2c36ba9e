package dev.credmill.registry.template;

import dev.credmill.certificate.BuiltInTemplate;
import dev.credmill.certificate.CertificateSvg;
import dev.credmill.certificate.TemplateRefused;
import dev.credmill.certificate.WalletTemplate;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.Problem.Fault;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.registry.catalogue.CatalogueEntries;
import dev.credmill.registry.catalogue.CatalogueId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The certificate templates of all organizations. */
@ApplicationScoped
public class CertificateTemplates extends CatalogueEntries<CertificateTemplate> {
  private static final int MOST_FAULTS = 50;
  private static final String LINK = "Cred_URL";
  private final Drawing drawing;
  private final Clock clock;

  CertificateTemplates(Drawing drawing, Clock clock) {
    this.drawing = drawing;
    this.clock = clock;
  }

  /** The check draws the template, so no transaction is open meanwhile. */
  public CertificateTemplate create(
      OrganizationId organization, Caller by, NewCertificateTemplate entered) {
    String id = CatalogueId.wantedOr(entered.id(), entered.name());
    Set<String> placeholders = drawing.within(() -> checked(entered.svg())).placeholders();
    Set<String> withoutSample = new TreeSet<>(placeholders);
    withoutSample.removeAll(CertificateSvg.BUILT_IN);
    withoutSample.removeAll(entered.sampleValues().keySet());
    refuseIfAny(
        withoutSample.stream()
            .map(
                name ->
                    new Fault(
                        "sampleValues",
                        "placeholder",
                        "has no value for {{%s}}: add one, or correct the placeholder's name"
                            .formatted(name)))
            .toList());
    CertificateTemplate template =
        new CertificateTemplate(
            id,
            organization,
            entered,
            List.copyOf(new TreeSet<>(placeholders)),
            by.keyId(),
            clock.instant());
    return QuarkusTransaction.joiningExisting().call(() -> add(template));
  }

  /** Makes it fit for certificates other than its definitions', which a batch may ask for. */
  @Transactional
  Optional<CertificateTemplate> publish(OrganizationId organization, String id) {
    Optional<CertificateTemplate> template = of(organization, id);
    template.ifPresent(found -> publish(found, clock.instant()));
    return template;
  }

  /**
   * The certificate for wallets.
   *
   * @param template null for the plain one
   * @param link as long as links of certificates are
   */
  public WalletTemplate forWallets(
      CertificateTemplate template, Map<String, String> texts, String link) {
    Map<String, String> samples =
        new HashMap<>(template == null ? Map.of() : template.sampleValues());
    samples.put(LINK, link);
    return drawing.within(
        () ->
            (template == null ? BuiltInTemplate.PLAIN.template() : checked(template.svg()))
                .forWallets(texts, samples));
  }

  private static CertificateSvg checked(String svg) {
    try {
      return CertificateSvg.parse(svg);
    } catch (TemplateRefused e) {
      refuseIfAny(
          e.faults().stream()
              .limit(MOST_FAULTS)
              .map(fault -> new Fault("svg", "svg", fault))
              .toList());
      throw ProblemType.CERTIFICATE_TEMPLATE_INVALID.because("svg cannot be drawn");
    }
  }

  private static void refuseIfAny(List<Fault> faults) {
    if (faults.isEmpty()) {
      return;
    }
    Fault first = faults.getFirst();
    throw new ProblemException(
        Problem.of(
            ProblemType.CERTIFICATE_TEMPLATE_INVALID,
            faults.size() == 1
                ? first.field() + ": " + first.message()
                : "%d things are wrong, see errors; the first, in %s: %s"
                    .formatted(faults.size(), first.field(), first.message()),
            faults));
  }
}
