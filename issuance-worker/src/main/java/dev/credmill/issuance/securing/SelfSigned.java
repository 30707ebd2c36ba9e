package dev.credmill.issuance.securing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * The certificate that Java's key stores want beside a private key to find it again. It says
 * nothing but the key's name, and nobody is shown it.
 */
final class SelfSigned {
  private static final AlgorithmIdentifier ECDSA =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

  private SelfSigned() {}

  static Certificate certificate(String kid, KeyPair pair, Provider provider)
      throws GeneralSecurityException {
    X500Name name = new X500NameBuilder().addRDN(BCStyle.CN, kid).build();
    V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(BigInteger.ONE));
    generator.setSignature(ECDSA);
    generator.setIssuer(name);
    generator.setSubject(name);
    // From always on and without end (RFC 5280, 4.1.2.5).
    generator.setStartDate(new Time(new ASN1GeneralizedTime("20000101000000Z")));
    generator.setEndDate(new Time(new ASN1GeneralizedTime("99991231235959Z")));
    generator.setSubjectPublicKeyInfo(
        SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    TBSCertificate unsigned = generator.generateTBSCertificate();
    try {
      Signature signing = Signature.getInstance("SHA256withECDSA", provider);
      signing.initSign(pair.getPrivate());
      signing.update(unsigned.getEncoded(ASN1Encoding.DER));
      ASN1EncodableVector parts = new ASN1EncodableVector();
      parts.add(unsigned);
      parts.add(ECDSA);
      parts.add(new DERBitString(signing.sign()));
      byte[] der = new DERSequence(parts).getEncoded(ASN1Encoding.DER);
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(der));
    } catch (IOException e) {
      throw new UncheckedIOException("in memory", e);
    }
  }
}
