package dev.credmill.notification.email;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The mail server as the network sees it. */
@ApplicationScoped
class MailServer {
  private static final int PATIENCE_MILLIS = 2_000;
  private final String host;
  private final int port;

  MailServer(
      @ConfigProperty(name = "quarkus.mailer.host") String host,
      @ConfigProperty(name = "quarkus.mailer.port") int port) {
    this.host = host;
    this.port = port;
  }

  boolean takesConnections() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
