package dev.credmill.issuance.securing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import javax.security.auth.login.LoginException;

/**
 * Private keys in a PKCS#11 token: made there, marked as never to leave it, and found again by
 * their kid.
 */
final class Pkcs11Custody implements KeyCustody {
  private static final String SETTINGS =
      """
      --name = credmill
      library = %s
      %s
      attributes(generate, CKO_PRIVATE_KEY, *) = {
        CKA_TOKEN = true
        CKA_PRIVATE = true
        CKA_SENSITIVE = true
        CKA_EXTRACTABLE = false
        CKA_SIGN = true
      }
      """;
  private final AuthProvider provider;
  private final char[] pin;
  private final KeyStore keys;

  Pkcs11Custody(Path library, Pkcs11Config config) {
    pin = pin(config);
    provider = provider(library, config);
    keys = open(library);
  }

  @Override
  public synchronized NewKey generate(KeyAlgorithm algorithm) {
    if (!Custody.PKCS11.algorithms().contains(algorithm)) {
      throw new IllegalArgumentException("no key of this token: " + algorithm);
    }
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      byte[] publicKey = P256.publicKey((ECPublicKey) pair.getPublic());
      String kid = PublicJwk.thumbprint(algorithm, publicKey);
      Certificate[] name = {SelfSigned.certificate(kid, pair, provider)};
      keys.setKeyEntry(kid, pair.getPrivate(), null, name);
      return new NewKey(kid, algorithm, publicKey, null);
    } catch (GeneralSecurityException | ProviderException e) {
      throw new IllegalStateException("the PKCS#11 token made no key", e);
    }
  }

  @Override
  public synchronized void discard(NewKey key) {
    try {
      keys.deleteEntry(key.kid());
    } catch (KeyStoreException e) {
      throw new IllegalStateException("the PKCS#11 token keeps " + key.kid(), e);
    }
  }

  @Override
  public Signer signer() {
    return new JcaSigner(
        key -> {
          Signature signing = Signature.getInstance(key.algorithm().jca(), provider);
          signing.initSign(privateKey(key.kid()));
          return signing;
        });
  }

  /** A handle of it: the key itself does not leave the token. */
  synchronized PrivateKey privateKey(String kid) throws GeneralSecurityException {
    PrivateKey key = (PrivateKey) keys.getKey(kid, null);
    if (key == null) {
      // Another process may have made it since, or the token may have been away.
      try {
        keys.load(null, pin);
      } catch (IOException e) {
        throw new GeneralSecurityException(refusal(e), e);
      }
      key = (PrivateKey) keys.getKey(kid, null);
    }
    if (key == null) {
      throw new GeneralSecurityException(
          "the PKCS#11 token has no key " + kid + ": another token is configured than made it");
    }
    return key;
  }

  /** Logs out: a token stays open to a process for as long as that lives. */
  void close() {
    try {
      provider.logout();
    } catch (LoginException e) {
      throw new IllegalStateException("the PKCS#11 token stays open", e);
    }
  }

  private KeyStore open(Path library) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS11", provider);
      store.load(null, pin);
      return store;
    } catch (KeyStoreException e) {
      throw new IllegalStateException(
          "there is no PKCS#11 token in the slot: look at issuance.pkcs11.slot or"
              + " issuance.pkcs11.slot-list-index, and at the tokens that "
              + library
              + " knows",
          e);
    } catch (IOException | GeneralSecurityException | ProviderException e) {
      throw new IllegalStateException(refusal(e), e);
    }
  }

  private static String refusal(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String said = String.valueOf(cause.getMessage());
      if (said.contains("CKR_PIN_LOCKED")) {
        return "the PKCS#11 token has locked its user PIN: have its security officer set another";
      }
      if (said.contains("CKR_PIN_")) {
        return "the PKCS#11 token does not take the PIN: correct issuance.pkcs11.pin-file or"
            + " issuance.pkcs11.pin before the token locks it";
      }
    }
    return "the PKCS#11 token does not open";
  }

  private static AuthProvider provider(Path library, Pkcs11Config config) {
    if (!Files.isReadable(library)) {
      throw new IllegalStateException(
          "the PKCS#11 module " + library + " (issuance.pkcs11.library) cannot be read");
    }
    String slot =
        config.slot().isPresent()
            ? "slot = " + config.slot().getAsLong()
            : "slotListIndex = " + config.slotListIndex().orElse(0);
    Provider unconfigured = Security.getProvider("SunPKCS11");
    if (unconfigured == null) {
      throw new IllegalStateException("this Java has no PKCS#11: it lacks jdk.crypto.cryptoki");
    }
    try {
      return (AuthProvider)
          unconfigured.configure(SETTINGS.formatted(library.toAbsolutePath(), slot));
    } catch (InvalidParameterException | ProviderException e) {
      throw new IllegalStateException(
          "the PKCS#11 module "
              + library
              + " (issuance.pkcs11.library) does not work with "
              + slot
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private static char[] pin(Pkcs11Config config) {
    String text =
        config
            .pinFile()
            .map(Pkcs11Custody::content)
            .or(config::pin)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "no PIN of the PKCS#11 token: set issuance.pkcs11.pin-file to a file that"
                            + " holds it, or issuance.pkcs11.pin"));
    return text.strip().toCharArray();
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(
          "the file of the PIN " + file + " (issuance.pkcs11.pin-file) cannot be read", e);
    }
  }
}
