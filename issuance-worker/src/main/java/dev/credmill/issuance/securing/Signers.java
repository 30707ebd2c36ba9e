package dev.credmill.issuance.securing;

import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.IssuanceRole;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Gives each signing thread its signer, by the fastest provider that works here. */
@Startup
@ApplicationScoped
public class Signers {
  private static final Logger LOG = Logger.getLogger(Signers.class);
  private final KeyCustodies custodies;
  private final boolean signing;
  private final SignatureProvider provider;
  private final CheckedSigner.Check check;
  private final Counter signed;
  private final ThreadLocal<Signer> ofThread = ThreadLocal.withInitial(this::newSigner);

  Signers(KeyCustodies custodies, IssuanceConfig config, MeterRegistry metrics) {
    this.custodies = custodies;
    check = CheckedSigner.Check.of(config.selfCheckOneIn());
    signing = config.roles().contains(IssuanceRole.SIGN);
    Optional<Throwable> trouble = SignatureProvider.whyNotCorretto();
    provider = custodies.provider(custodies.forNew());
    if (signing) {
      LOG.infof("signatures are made by %s", provider.text());
      trouble.ifPresent(
          e ->
              LOG.warnf(
                  "the native provider does not load here (%s); signing takes three times as long",
                  e.toString()));
    }
    signed =
        Counter.builder("credmill.credentials.signed")
            .description("Credentials that were signed")
            .tag("provider", provider.text())
            .register(metrics);
  }

  /** The calling thread's own. */
  public Signer ofThisThread() {
    return ofThread.get();
  }

  public void count(int credentials) {
    signed.increment(credentials);
  }

  /** What the health page says. */
  String providerName() {
    return provider.text();
  }

  private Signer newSigner() {
    if (!signing) {
      throw new IllegalStateException("this process has not the role sign (issuance.roles)");
    }
    return new CustodySigner(custodies, check);
  }
}
