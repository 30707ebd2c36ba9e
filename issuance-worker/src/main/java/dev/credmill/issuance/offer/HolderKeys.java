package dev.credmill.issuance.offer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.apicatalog.multibase.Multibase;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import dev.credmill.issuance.copy.HolderKey;
import java.math.BigInteger;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The keys that wallets hold: Ed25519 and P-256, given as they are, or in a DID that is the key
 * itself. Nothing is fetched for any of them.
 */
final class HolderKeys {
  static final String BY_JWK = "jwk";

  /** {@code cryptographic_binding_methods_supported}. */
  static final List<String> METHODS = List.of(BY_JWK, "did:jwk", "did:key");

  /** {@code proof_signing_alg_values_supported}. */
  static final List<String> ALGORITHMS =
      List.of(JWSAlgorithm.ES256.getName(), JWSAlgorithm.EdDSA.getName());

  private static final String DID_JWK = "did:jwk:";
  private static final String DID_KEY = "did:key:";
  private static final int LONGEST_DID = 2_000;

  // multicodec, as unsigned varints
  private static final int[] ED25519 = {0xed, 0x01};
  private static final int[] P256 = {0x80, 0x24};

  private HolderKeys() {}

  /** The key in a header's {@code jwk}. */
  static HolderKey given(JWK jwk) {
    if (jwk.isPrivate()) {
      throw ProtocolError.invalidProof("The header has a private key; make a new one");
    }
    return new HolderKey(bare(jwk), null);
  }

  /** The key that a header's {@code kid} is: a DID URL whose DID is a key. */
  static HolderKey named(String kid) {
    int fragment = kid.indexOf('#');
    String did = fragment < 0 ? kid : kid.substring(0, fragment);
    if (did.length() > LONGEST_DID) {
      throw ProtocolError.invalidProof("The kid is too long");
    }
    try {
      if (did.startsWith(DID_JWK)) {
        JWK jwk =
            JWK.parse(
                new String(Base64.getUrlDecoder().decode(did.substring(DID_JWK.length())), UTF_8));
        return new HolderKey(given(jwk).jwk(), did);
      }
      if (did.startsWith(DID_KEY)) {
        return new HolderKey(multikey(did.substring(DID_KEY.length())), did);
      }
    } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
      throw ProtocolError.invalidProof("The DID in kid is no key");
    }
    throw ProtocolError.invalidProof("The kid must be a DID URL of did:jwk or did:key");
  }

  /** The key and nothing else of what stood beside it. */
  private static JWK bare(JWK jwk) {
    return switch (jwk) {
      case ECKey ec when Curve.P_256.equals(ec.getCurve()) ->
          new ECKey.Builder(ec.getCurve(), ec.getX(), ec.getY()).build();
      case OctetKeyPair okp
          when Curve.Ed25519.equals(okp.getCurve())
              && okp.getDecodedX().length == Ed25519.PUBLIC_KEY_SIZE ->
          new OctetKeyPair.Builder(okp.getCurve(), okp.getX()).build();
      default -> throw ProtocolError.invalidProof("A key must be one of P-256 or Ed25519");
    };
  }

  private static JWK multikey(String multibase) {
    if (!Multibase.BASE_58_BTC.isEncoded(multibase)) {
      throw new IllegalArgumentException("not base58btc");
    }
    byte[] bytes = Multibase.BASE_58_BTC.decode(multibase);
    if (startsWith(bytes, ED25519)) {
      byte[] x = Arrays.copyOfRange(bytes, ED25519.length, bytes.length);
      return bare(new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x)).build());
    }
    if (startsWith(bytes, P256)) {
      ECPoint point =
          ECNamedCurveTable.getByName("P-256")
              .getCurve()
              .decodePoint(Arrays.copyOfRange(bytes, P256.length, bytes.length));
      return new ECKey.Builder(
              Curve.P_256,
              coordinate(point.getAffineXCoord().toBigInteger()),
              coordinate(point.getAffineYCoord().toBigInteger()))
          .build();
    }
    throw new IllegalArgumentException("another kind of key");
  }

  private static Base64URL coordinate(BigInteger value) {
    return ECKey.encodeCoordinate(
        Curve.P_256.toECParameterSpec().getCurve().getField().getFieldSize(), value);
  }

  private static boolean startsWith(byte[] bytes, int[] prefix) {
    return bytes.length > prefix.length
        && (bytes[0] & 0xFF) == prefix[0]
        && (bytes[1] & 0xFF) == prefix[1];
  }
}
