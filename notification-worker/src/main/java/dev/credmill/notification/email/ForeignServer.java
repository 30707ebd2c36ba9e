package dev.credmill.notification.email;

import dev.credmill.contracts.network.Addresses;
import dev.credmill.notification.email.identity.OwnServer;
import dev.credmill.notification.email.identity.Passwords;
import dev.credmill.notification.email.identity.Security;
import dev.credmill.notification.server.GuardedSockets;
import dev.credmill.notification.server.OwnServers;
import jakarta.mail.MessagingException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;

/** A mail server that an organization has named. */
final class ForeignServer implements MailServer {
  private final OwnServer server;
  private final OwnServers servers;
  private final Passwords passwords;
  private final SSLSocketFactory tls;
  private final SmtpProperties properties;
  private final Duration patience;

  /**
   * @param greeting what we call ourselves (RFC 5321, 4.1.1.1)
   * @param tls knows whom to trust
   */
  ForeignServer(
      OwnServer server,
      OwnServers servers,
      Passwords passwords,
      String greeting,
      Duration patience,
      SSLSocketFactory tls) {
    this.server = server;
    this.servers = servers;
    this.passwords = passwords;
    this.tls = tls;
    this.patience = patience;
    boolean startTls = server.security() == Security.STARTTLS;
    this.properties =
        new SmtpProperties(patience, server.user() != null)
            .set("localhost", greeting)
            .set("ssl.enable", server.security() == Security.TLS)
            .set("ssl.checkserveridentity", true)
            .set("starttls.enable", startTls)
            .set("starttls.required", startTls);
  }

  @Override
  public Connection connection() {
    GuardedSockets sockets = new GuardedSockets(server.host(), tls);
    Properties own = properties.copy();
    own.put("mail.smtp.ssl.socketFactory", sockets.tls());
    return new Connection(own, sockets, true, this::entrance);
  }

  @Override
  public Duration patience() {
    return patience;
  }

  private Entrance entrance() throws MessagingException {
    if (server.user() == null && servers.mustBeLoggedInTo(server.host())) {
      throw new MessagingException("it needs a user; enter one with PUT /v1/sender-identity");
    }
    List<String> addresses;
    try {
      addresses =
          servers.addresses(server.host()).stream().map(InetAddress::getHostAddress).toList();
    } catch (UnknownHostException e) {
      throw new MessagingException("its name has no address", e);
    } catch (Addresses.Refused e) {
      throw new MessagingException("its address is private, local, reserved or our own");
    }
    return new Entrance(
        addresses,
        server.port(),
        server.user(),
        server.password() == null ? null : passwords.open(server.password()));
  }
}
