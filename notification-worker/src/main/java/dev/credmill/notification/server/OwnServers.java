package dev.credmill.notification.server;

import dev.credmill.contracts.network.Addresses;
import dev.credmill.contracts.network.Names;
import dev.credmill.contracts.network.PublicNetwork;
import dev.credmill.notification.NotificationConfig;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Which servers of organizations may be connected to: mail servers and mailboxes in the Internet,
 * and what the operator allows besides. Never a platform's mail server that asks for no password:
 * it takes whatever comes from here, so it would carry one organization's mail under another's
 * name.
 */
@Startup
@Singleton
public class OwnServers {
  private static final Set<Integer> SUBMISSION = Set.of(465, 587, 2525);
  private static final Set<Integer> IMAP = Set.of(143, 993);
  private static final Duration LONGEST_LOOKUP = Duration.ofSeconds(5);
  private static final int MOST_ADDRESSES = 3;

  private final Names names;
  private final Addresses addresses;
  private final Set<Integer> otherPorts;
  private final boolean mayBeWithoutLogin;
  private final String platform;
  private final boolean isTrustedByAddress;
  private volatile List<InetAddress> platformAddresses = List.of();

  public OwnServers(Names names, NotificationConfig config) {
    this.names = names;
    this.addresses =
        new Addresses(
            names, new PublicNetwork(config.ownServers().allowedNetworks().orElse(List.of())));
    this.otherPorts = config.ownServers().allowedPorts().orElse(Set.of());
    this.mayBeWithoutLogin = config.ownServers().withoutLogin();
    this.platform = config.email().host();
    this.isTrustedByAddress = config.email().user().isEmpty();
  }

  public boolean takesMailAt(int port) {
    return SUBMISSION.contains(port) || otherPorts.contains(port);
  }

  public boolean isMailboxAt(int port) {
    return IMAP.contains(port) || otherPorts.contains(port);
  }

  /**
   * Whether mail goes to it only after a password: whoever takes mail from anybody may be any
   * domain's server, and what came to it from here would be ours under any name. On this machine
   * the quickstart has one server for all.
   */
  public boolean mustBeLoggedInTo(String host) {
    return !mayBeWithoutLogin && !isLoopback(host);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /**
   * To which addresses to connect for that host, one after the other. To be asked for every
   * connection.
   *
   * @throws UnknownHostException where it has none
   * @throws Addresses.Refused where there may be no connection
   */
  public List<InetAddress> addresses(String host) throws UnknownHostException, Addresses.Refused {
    List<InetAddress> found = addresses.of(host, LONGEST_LOOKUP);
    if (isTrustedByAddress && isPlatforms(host, found)) {
      throw new Addresses.Refused();
    }
    return found.subList(0, Math.min(MOST_ADDRESSES, found.size()));
  }

  /** On this machine the quickstart has one server for all. */
  private boolean isPlatforms(String host, List<InetAddress> found) {
    List<InetAddress> outside =
        found.stream().filter(address -> !address.isLoopbackAddress()).toList();
    return !outside.isEmpty()
        && (host.equalsIgnoreCase(platform)
            || !Collections.disjoint(outside, addressesOfPlatform()));
  }

  /** Those of before while the name cannot be looked up. */
  private List<InetAddress> addressesOfPlatform() {
    try {
      platformAddresses = names.of(platform, LONGEST_LOOKUP);
    } catch (UnknownHostException e) {
      // then nobody reaches it by that name
    }
    return platformAddresses;
  }
}
