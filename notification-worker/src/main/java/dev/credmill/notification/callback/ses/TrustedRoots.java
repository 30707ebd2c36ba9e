package dev.credmill.notification.callback.ses;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.TrustAnchor;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The certificate authorities that the JVM trusts ({@code javax.net.ssl.trustStore}). */
@ApplicationScoped
class TrustedRoots {
  private final Set<TrustAnchor> anchors;

  TrustedRoots() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      anchors =
          Arrays.stream(factory.getTrustManagers())
              .filter(X509TrustManager.class::isInstance)
              .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
              .map(root -> new TrustAnchor(root, null))
              .collect(Collectors.toUnmodifiableSet());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JVM has no trust store", e);
    }
  }

  Set<TrustAnchor> anchors() {
    return anchors;
  }
}
