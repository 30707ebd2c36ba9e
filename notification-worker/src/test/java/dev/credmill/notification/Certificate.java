package dev.credmill.notification;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for one name, made by the JDK's own tool. */
public final class Certificate {
  private static final String PASSWORD = "changeit";
  private final SSLContext server;
  private final SSLContext client;

  private Certificate(KeyStore store) throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD.toCharArray());
    server = SSLContext.getInstance("TLS");
    server.init(keys.getKeyManagers(), null, null);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    client = SSLContext.getInstance("TLS");
    client.init(null, trust.getTrustManagers(), null);
  }

  public static Certificate of(String name) {
    try {
      Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "keys");
      Path file = folder.resolve("keys.p12");
      int made =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-keyalg",
                  "EC",
                  "-alias",
                  "server",
                  "-dname",
                  "CN=" + name,
                  "-ext",
                  "san=dns:" + name,
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  file.toString(),
                  "-storepass",
                  PASSWORD)
              .inheritIO()
              .start()
              .waitFor();
      if (made != 0) {
        throw new IllegalStateException("keytool made no certificate");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, PASSWORD.toCharArray());
      }
      return new Certificate(store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** For a server that shows it. */
  public SSLContext server() {
    return server;
  }

  /** For a client that trusts it. */
  public SSLContext client() {
    return client;
  }

  /** Of a client that trusts it. */
  public SSLSocketFactory trusting() {
    return client.getSocketFactory();
  }
}
