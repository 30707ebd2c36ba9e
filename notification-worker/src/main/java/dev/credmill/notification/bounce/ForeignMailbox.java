package dev.credmill.notification.bounce;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.network.Addresses;
import dev.credmill.notification.email.identity.OwnMailbox;
import dev.credmill.notification.email.identity.Passwords;
import dev.credmill.notification.email.identity.Security;
import dev.credmill.notification.server.GuardedSockets;
import dev.credmill.notification.server.OwnServers;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.util.MailConnectException;

/** A mailbox that an organization has named, for one look into it. */
final class ForeignMailbox implements Mailbox {
  private static final long LOGIN = 1 << 20; // bytes

  private final Optional<OrganizationId> organization;
  private final OwnMailbox mailbox;
  private final OwnServers servers;
  private final Passwords passwords;
  private final boolean deletes;
  private final Duration longest;
  private final GuardedSockets sockets;
  private volatile long begun = System.nanoTime();
  private volatile boolean isReadOn;

  /**
   * @param organization whose it is; empty while it is only tried
   * @param longest how long the look may take, until the next one goes on
   * @param tls knows whom to trust
   */
  ForeignMailbox(
      Optional<OrganizationId> organization,
      OwnMailbox mailbox,
      OwnServers servers,
      Passwords passwords,
      boolean deletes,
      Duration longest,
      SSLSocketFactory tls) {
    this.organization = organization;
    this.mailbox = mailbox;
    this.servers = servers;
    this.passwords = passwords;
    this.deletes = deletes;
    this.longest = longest;
    this.sockets = new GuardedSockets(mailbox.host(), tls);
  }

  /** Two organizations may name the same one; each reads all of it. */
  @Override
  public String name() {
    return "%s: %s@%s/%s"
        .formatted(
            organization.map(OrganizationId::value).orElse(""),
            mailbox.user(),
            mailbox.host(),
            mailbox.folder());
  }

  @Override
  public String folder() {
    return mailbox.folder();
  }

  @Override
  public boolean deletes() {
    return deletes;
  }

  @Override
  public Optional<OrganizationId> organization() {
    return organization;
  }

  @Override
  public Store connect() throws MessagingException {
    begun = System.nanoTime();
    String protocol = mailbox.security() == Security.TLS ? "imaps" : "imap";
    Properties properties = ImapProperties.of(protocol);
    String prefix = "mail.%s.".formatted(protocol);
    properties.put(prefix + "socketFactory", sockets);
    properties.put(prefix + "socketFactory.fallback", "false");
    properties.put(prefix + "ssl.socketFactory", sockets.tls());
    properties.put(prefix + "ssl.checkserveridentity", "true");
    String startTls = Boolean.toString(mailbox.security() == Security.STARTTLS);
    properties.put(prefix + "starttls.enable", startTls);
    properties.put(prefix + "starttls.required", startTls);
    Store store = new GuardedStore(Session.getInstance(properties), protocol);
    String password = passwords.open(mailbox.password());
    Iterator<String> addresses = addresses().iterator();
    while (!store.isConnected()) {
      try {
        mayRead(LOGIN);
        store.connect(addresses.next(), mailbox.port(), mailbox.user(), password);
      } catch (MailConnectException e) {
        if (!addresses.hasNext()) {
          throw e;
        }
      }
    }
    return store;
  }

  private List<String> addresses() throws MessagingException {
    try {
      return servers.addresses(mailbox.host()).stream().map(InetAddress::getHostAddress).toList();
    } catch (UnknownHostException e) {
      throw new MessagingException("its name has no address");
    } catch (Addresses.Refused e) {
      throw new MessagingException("its address is private, local, reserved or our own");
    }
  }

  @Override
  public void mayRead(long bytes) {
    sockets.mayRead(bytes);
  }

  @Override
  public boolean mayReadOn() {
    isReadOn = true;
    return !isLate();
  }

  /** Whether it takes too long. */
  boolean isLate() {
    return took().compareTo(longest) > 0;
  }

  /** How long the look has taken by now. */
  Duration took() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** Whether something of it was read. */
  boolean isReadOn() {
    return isReadOn;
  }

  /** Ends what is under way. */
  void abort() {
    sockets.abort();
  }
}
