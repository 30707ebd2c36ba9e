package dev.credmill.issuance.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.copy.HolderKey;
import dev.credmill.issuance.securing.SecuringForTests;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What OpenID4VCI 1.0, F.4, has the issuer check of each proof. */
class ProofsTest {
  private static final Instant NOW = Instant.now();
  private static final OrganizationId ACME = new OrganizationId("acme");
  private static final Issuer ISSUER =
      new Issuer(
          new Organization(
              ACME, "Acme", "https://issuer.example", "did:web:issuer.example:orgs:acme"));
  private final IssuanceConfig config = SecuringForTests.config(Map.of());
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final Nonces nonces = nonces(clock);
  private final Proofs proofs = new Proofs(nonces, config, clock);
  private final Wallet wallet = new Wallet();

  @Test
  void aGoodProofProvesItsKey() {
    // When
    List<HolderKey> keys = check(wallet.proof(nonce()));
    // Then
    assertThat(keys).extracting(HolderKey::jwk).containsExactly(wallet.key.toPublicJWK());
  }

  @Test
  void severalProofsMaySignOneNonce() {
    // Given
    String nonce = nonce();
    // Then
    assertThat(check(wallet.proof(nonce), new Wallet().proof(nonce))).hasSize(2);
  }

  @Test
  void aKeyMayBeNamedByItsDid() {
    // Given
    String did = "did:jwk:" + Base64URL.encode(wallet.key.toPublicJWK().toJSONString());
    // When
    List<HolderKey> keys =
        check(wallet.proof(nonce(), header -> header.jwk(null).keyID(did + "#0"), c -> c));
    // Then
    assertThat(keys).extracting(HolderKey::did).containsExactly(did);
  }

  @Test
  void aNonceIsSignedOnce() {
    // Given
    String nonce = nonce();
    check(wallet.proof(nonce));
    // Then
    assertRefused("invalid_nonce", new Wallet().proof(nonce));
  }

  @Test
  void aNonceOfAnotherOrganizationOrNobodyIsRefused() {
    assertRefused("invalid_nonce", wallet.proof(nonces.next(new OrganizationId("globex"))));
    assertRefused("invalid_nonce", wallet.proof("made-up"));
    assertRefused("invalid_nonce", wallet.proof("A".repeat(55)));
    assertRefused("invalid_nonce", wallet.proof(nonce().substring(1) + "A"));
  }

  @Test
  void anOldNonceIsRefused() {
    // Given
    Clock later = Clock.fixed(NOW.plus(config.offer().nonceLifetime()), ZoneOffset.UTC);
    String nonce = nonce();
    // Then
    assertThat(nonces.isGood(ACME, nonce)).isTrue();
    assertThat(nonces(later).isGood(ACME, nonce)).isFalse();
  }

  @Test
  void aProofWithoutANonceIsRefused() {
    assertRefused("invalid_proof", wallet.proof(null));
    assertRefused("invalid_proof", claims(claims -> claims.claim("nonce", 5)));
  }

  @Test
  void aProofForAnotherAudienceIsRefused() {
    assertRefused("invalid_proof", claims(claims -> claims.audience("https://other.example")));
    assertRefused("invalid_proof", claims(claims -> claims.audience((String) null)));
    assertRefused(
        "invalid_proof",
        claims(claims -> claims.audience(List.of(Wallet.ACME, "https://other.example"))));
  }

  @Test
  void aProofOfAnotherTimeIsRefused() {
    Instant old = NOW.minus(config.offer().clockSkew()).minusSeconds(2);
    Instant future = NOW.plus(config.offer().clockSkew()).plusSeconds(2);
    assertRefused("invalid_proof", claims(claims -> claims.issueTime(null)));
    assertRefused("invalid_proof", claims(claims -> claims.issueTime(Date.from(old))));
    assertRefused("invalid_proof", claims(claims -> claims.issueTime(Date.from(future))));
    assertRefused("invalid_proof", claims(claims -> claims.expirationTime(Date.from(old))));
    assertRefused("invalid_proof", claims(claims -> claims.notBeforeTime(Date.from(future))));
  }

  @Test
  void anAnonymousWalletNamesNoIssuerAndANamedOneItself() {
    assertRefused("invalid_proof", claims(claims -> claims.issuer("wallet")));
    assertThat(proofs.check(ISSUER, "wallet", List.of(claims(claims -> claims.issuer("wallet")))))
        .hasSize(1);
    assertThatThrownBy(
            () -> proofs.check(ISSUER, "wallet", List.of(claims(claims -> claims.issuer("other")))))
        .hasMessage("invalid_proof");
  }

  @Test
  void aJwtOfAnotherTypeIsNoProof() {
    assertRefused("invalid_proof", header(header -> header.type(JOSEObjectType.JWT)));
    assertRefused("invalid_proof", header(header -> header.type(null)));
  }

  @Test
  void oneKeyMustBeGivenInOneWay() {
    assertRefused("invalid_proof", header(header -> header.jwk(null)));
    assertRefused("invalid_proof", header(header -> header.keyID("did:jwk:e30#0")));
    assertRefused(
        "invalid_proof", header(header -> header.x509CertChain(List.of(Base64.encode("x")))));
  }

  @Test
  void anotherKeyThanTheOneThatSignedIsRefused() {
    assertRefused("invalid_proof", header(header -> header.jwk(new Wallet().key.toPublicJWK())));
  }

  @Test
  void aPrivateKeyInTheHeaderIsRefused() throws Exception {
    // Given: no library writes such a header, so it is put together by hand
    String good = wallet.proof(nonce());
    String header =
        "{\"typ\":\"openid4vci-proof+jwt\",\"alg\":\"ES256\",\"jwk\":%s}"
            .formatted(wallet.key.toJSONString());
    String signed = Base64URL.encode(header) + "." + good.split("\\.")[1];
    Base64URL signature =
        new com.nimbusds.jose.crypto.ECDSASigner(wallet.key)
            .sign(new JWSHeader(JWSAlgorithm.ES256), signed.getBytes());
    // Then
    assertRefused("invalid_proof", signed + "." + signature);
  }

  @Test
  void symmetricAndUnsignedProofsAreRefused() throws Exception {
    // Given
    SignedJWT symmetric =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType("openid4vci-proof+jwt"))
                .jwk(wallet.key.toPublicJWK())
                .build(),
            new JWTClaimsSet.Builder().audience(Wallet.ACME).build());
    symmetric.sign(new MACSigner(new byte[32]));
    String unsigned =
        Base64URL.encode("{\"typ\":\"openid4vci-proof+jwt\",\"alg\":\"none\"}")
            + "."
            + Base64URL.encode("{}")
            + ".";
    // Then
    assertRefused("invalid_proof", symmetric.serialize());
    assertRefused("invalid_proof", unsigned);
  }

  @Test
  void whatIsNoJwtIsRefused() {
    for (String text : List.of("", "a.b.c", "x".repeat(20_000), "e30.e30.e30", "..")) {
      assertRefused("invalid_proof", text);
    }
  }

  @Test
  void theSameKeyTwiceIsRefused() {
    assertRefused("invalid_proof", wallet.proof(nonce()), wallet.proof(nonce()));
  }

  @Test
  void aRefusedProofUsesNoNonceUp() {
    // Given
    String nonce = nonce();
    assertRefused(
        "invalid_proof", wallet.proof(nonce), wallet.proof(nonce, h -> h, c -> c.audience("x")));
    // Then
    assertThat(check(wallet.proof(nonce))).hasSize(1);
  }

  private String nonce() {
    return nonces.next(ACME);
  }

  private String header(UnaryOperator<JWSHeader.Builder> change) {
    return wallet.proof(nonce(), change, claims -> claims);
  }

  private String claims(UnaryOperator<JWTClaimsSet.Builder> change) {
    return wallet.proof(nonce(), header -> header, change);
  }

  private List<HolderKey> check(String... jwts) {
    return proofs.check(ISSUER, null, List.of(jwts));
  }

  private void assertRefused(String error, String... jwts) {
    assertThatThrownBy(() -> check(jwts)).isInstanceOf(ProtocolError.class).hasMessage(error);
  }

  private static final SecuringForTests SECURING = new SecuringForTests();

  private Nonces nonces(Clock at) {
    return new Nonces(SECURING.secrets, new UsedInMemory(), config, at);
  }

  private static final class UsedInMemory extends UsedNonceTable {
    private final Set<String> used = new HashSet<>();

    UsedInMemory() {
      super(null);
    }

    @Override
    boolean insertIfAbsent(byte[] nonce, Instant expiresAt) {
      return used.add(HexFormat.of().formatHex(nonce));
    }
  }
}
