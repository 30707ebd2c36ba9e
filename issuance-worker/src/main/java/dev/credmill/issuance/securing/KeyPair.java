package dev.credmill.issuance.securing;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.util.BigIntegers;

/** A new key, both its sides as they are stored. */
record KeyPair(byte[] privateKey, byte[] publicKey) {
  static KeyPair generate(KeyAlgorithm algorithm) {
    SecureRandom random = new SecureRandom();
    return switch (algorithm) {
      case ED25519 -> {
        Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(random);
        yield new KeyPair(key.getEncoded(), key.generatePublicKey().getEncoded());
      }
      case P256 -> {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(
            new ECKeyGenerationParameters(
                ECNamedDomainParameters.lookup(SECObjectIdentifiers.secp256r1), random));
        BigInteger number =
            ((ECPrivateKeyParameters) generator.generateKeyPair().getPrivate()).getD();
        byte[] key = BigIntegers.asUnsignedByteArray(P256.PRIVATE_KEY_BYTES, number);
        yield new KeyPair(key, P256.publicKey(key));
      }
    };
  }
}
