package dev.credmill.issuance.securing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;

/** Private keys in PostgreSQL, encrypted under the master key; in this process's memory, plain. */
@ApplicationScoped
class DatabaseCustody implements KeyCustody {
  private final SigningKeyTable table;
  private final MasterKey masterKey;
  private final SignatureProvider provider = SignatureProvider.fastest();
  private final Cache<String, byte[]> privateKeys =
      Caffeine.newBuilder().maximumSize(10_000).build();

  DatabaseCustody(SigningKeyTable table, MasterKey masterKey) {
    this.table = table;
    this.masterKey = masterKey;
  }

  @Override
  public NewKey generate(KeyAlgorithm algorithm) {
    KeyPair pair = KeyPair.generate(algorithm);
    String kid = PublicJwk.thumbprint(algorithm, pair.publicKey());
    return new NewKey(kid, algorithm, pair.publicKey(), masterKey.wrap(pair.privateKey(), kid));
  }

  @Override
  public void discard(NewKey key) {
    // It was never stored.
  }

  @Override
  public Signer signer() {
    return provider.signer(this);
  }

  SignatureProvider provider() {
    return provider;
  }

  /** Its 32 bytes (RFC 8032, 5.1.5, or the number itself). */
  byte[] privateKey(SigningKey key) {
    return privateKeys.get(key.kid(), kid -> masterKey.unwrap(table.wrappedPrivateKey(kid), kid));
  }
}
