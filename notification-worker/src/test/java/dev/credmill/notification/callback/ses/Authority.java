package dev.credmill.notification.callback.ses;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate and its key; one of an authority issues others. */
record Authority(X509Certificate certificate, PrivateKey key) {
  private static final AtomicLong NUMBERS = new AtomicLong(1);
  private static final Duration YEAR = Duration.ofDays(365);

  static Authority root(String name) {
    KeyPair pair = pair();
    X500Principal self = new X500Principal("CN=" + name);
    return issued(self, pair.getPrivate(), self, pair, true, null, null, end());
  }

  /** An authority under this one. */
  Authority under(String name) {
    KeyPair pair = pair();
    X500Principal subject = new X500Principal("CN=" + name);
    return issued(subject(), key, subject, pair, true, null, null, end());
  }

  /**
   * A certificate for a host.
   *
   * @param place where it says that its issuer's stands; null for nowhere
   */
  Authority issue(String host, String place, Instant end) {
    return issued(subject(), key, new X500Principal("CN=" + host), pair(), false, host, place, end);
  }

  static Instant end() {
    return Instant.now().plus(YEAR);
  }

  private X500Principal subject() {
    return certificate.getSubjectX500Principal();
  }

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("RSA").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Authority issued(
      X500Principal issuer,
      PrivateKey signing,
      X500Principal subject,
      KeyPair pair,
      boolean isAuthority,
      String host,
      String place,
      Instant end) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              BigInteger.valueOf(NUMBERS.getAndIncrement()),
              Date.from(end.minus(YEAR.multipliedBy(2))),
              Date.from(end),
              subject,
              pair.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
      if (host != null) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
      }
      if (place != null) {
        builder.addExtension(
            Extension.authorityInfoAccess,
            false,
            new AuthorityInformationAccess(
                AccessDescription.id_ad_caIssuers,
                new GeneralName(GeneralName.uniformResourceIdentifier, place)));
      }
      return new Authority(
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(signing))),
          pair.getPrivate());
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalStateException(e);
    }
  }
}
