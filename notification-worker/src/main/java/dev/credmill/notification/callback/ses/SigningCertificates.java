package dev.credmill.notification.callback.ses;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The certificates that SNS signs with, each fetched and checked once; and, for a while, what was
 * found to be none.
 */
@ApplicationScoped
class SigningCertificates {
  private static final Logger LOG = Logger.getLogger(SigningCertificates.class);
  private static final int MOST_KEPT = 1_000;
  private static final Duration LONGEST_KEPT = Duration.ofDays(1);
  private static final Duration FAILURE_KEPT = Duration.ofMinutes(1);
  private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._-]{1,100}\\.pem");

  /** RFC 5280, 4.2.2.1. */
  private static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";

  /**
   * Where the authorities of Amazon's certificates put their own. Not by TLS, nor need it be: they
   * are signed.
   */
  private static final Pattern ISSUER =
      Pattern.compile(
          "https?://(?:crt\\.[a-z0-9]{1,20}\\.amazontrust\\.com|cacerts\\.digicert\\.com)/[A-Za-z0-9._-]{1,100}\\.(?:cer|crt)");

  /** RFC 5280, 4.2.1.6. */
  private static final int DNS_NAME = 2;

  private final Downloads downloads;
  private final TrustedRoots roots;
  private final Clock clock;

  /** What is fetched is asked for once, whoever else waits for it. */
  private final Cache<URI, Found> known;

  /**
   * What stands at an address.
   *
   * @param certificate null where there is none of SNS's
   * @param failure why not; else null
   */
  private record Found(X509Certificate certificate, ProblemException failure) {}

  SigningCertificates(Downloads downloads, TrustedRoots roots, Clock clock) {
    this.downloads = downloads;
    this.roots = roots;
    this.clock = clock;
    this.known =
        Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .expireAfter(
                Expiry.writing(
                    (URI _, Found found) ->
                        found.certificate == null ? FAILURE_KEPT : LONGEST_KEPT))
            .build();
  }

  /**
   * The certificate that stands there.
   *
   * @throws ProblemException where it is not one of SNS's
   */
  X509Certificate at(String url, TopicArn topic) {
    URI address = AmazonAddress.of(url, topic);
    if (!PATH.matcher(String.valueOf(address.getRawPath())).matches()
        || address.getRawQuery() != null) {
      throw ProblemType.FORBIDDEN.because("SigningCertURL leads to no certificate");
    }
    Found found = known.get(address, _ -> found(address, topic));
    if (found == null) {
      throw unavailable();
    }
    if (found.failure != null) {
      throw found.failure;
    }
    try {
      found.certificate.checkValidity(Date.from(clock.instant()));
    } catch (CertificateException _) {
      throw ProblemType.FORBIDDEN.because("The certificate of the message has expired");
    }
    return found.certificate;
  }

  /** Null where nobody knows yet. */
  private Found found(URI address, TopicArn topic) {
    try {
      return new Found(fetched(address, topic), null);
    } catch (ProblemException e) {
      return new Found(null, e);
    } catch (Downloads.Busy _) {
      return null;
    }
  }

  private X509Certificate fetched(URI address, TopicArn topic) throws Downloads.Busy {
    List<X509Certificate> found = certificates(download(address));
    X509Certificate signer =
        found.stream()
            .filter(certificate -> certificate.getBasicConstraints() < 0)
            .findFirst()
            .orElseThrow(SigningCertificates::refused);
    if (names(signer).noneMatch(topic.signers()::contains)) {
      throw ProblemType.FORBIDDEN.because("The certificate of the message is not of SNS");
    }
    if (!isTrusted(signer, found)) {
      // What SNS serves is the certificate alone, without its issuer's.
      List<X509Certificate> all = new ArrayList<>(found);
      Optional<URI> place = issuer(signer);
      if (place.isPresent()) {
        all.addAll(certificates(download(place.get())));
      }
      if (!isTrusted(signer, all)) {
        throw ProblemType.FORBIDDEN.because(
            "The certificate of the message comes from no authority that is trusted here");
      }
    }
    return signer;
  }

  private boolean isTrusted(X509Certificate signer, Collection<X509Certificate> others) {
    try {
      X509CertSelector wanted = new X509CertSelector();
      wanted.setCertificate(signer);
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(roots.anchors(), wanted);
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(others)));
      parameters.setDate(Date.from(clock.instant()));
      // Another call over the net for each would make callbacks depend on one more server.
      parameters.setRevocationEnabled(false);
      CertPathBuilder.getInstance("PKIX").build(parameters);
      return true;
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static Stream<String> names(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? Stream.of()
          : names.stream()
              .filter(name -> name.get(0).equals(DNS_NAME))
              .map(name -> (String) name.get(1));
    } catch (CertificateException _) {
      return Stream.of();
    }
  }

  /** The address stands as it is in the bytes of the extension. */
  private static Optional<URI> issuer(X509Certificate certificate) {
    byte[] access = certificate.getExtensionValue(AUTHORITY_INFORMATION_ACCESS);
    if (access == null) {
      return Optional.empty();
    }
    Matcher address = ISSUER.matcher(new String(access, ISO_8859_1));
    return address.find() ? Optional.of(URI.create(address.group())) : Optional.empty();
  }

  private byte[] download(URI address) throws Downloads.Busy {
    try {
      return downloads.get(address);
    } catch (Downloads.Busy e) {
      throw e;
    } catch (IOException e) {
      LOG.warnf("%s cannot be fetched: %s", address, e.getMessage());
      throw unavailable();
    }
  }

  private static ProblemException unavailable() {
    return ProblemType.UNAVAILABLE.because("A certificate of SNS cannot be fetched just now");
  }

  private static List<X509Certificate> certificates(byte[] bytes) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(bytes))
          .stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (CertificateException _) {
      throw refused();
    }
  }

  private static ProblemException refused() {
    return ProblemType.FORBIDDEN.because("What SigningCertURL leads to is no certificate");
  }
}
