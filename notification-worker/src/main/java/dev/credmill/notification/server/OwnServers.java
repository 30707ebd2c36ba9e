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
import java.util.List;
import java.util.Set;

/**
 * Which servers of organizations may be connected to: mail servers and mailboxes in the Internet,
 * and what the operator allows besides. Never the platform's own mail server: it takes whatever
 * sender comes from here, so it would carry one organization's mail under another's name.
 */
@Startup
@Singleton
public class OwnServers {
  private static final Set<Integer> SUBMISSION = Set.of(25, 465, 587, 2525);
  private static final Set<Integer> IMAP = Set.of(143, 993);
  private static final Duration LONGEST_LOOKUP = Duration.ofSeconds(5);
  private static final int MOST_ADDRESSES = 3;

  private final Names names;
  private final Addresses addresses;
  private final Set<Integer> otherPorts;
  private final String platform;

  public OwnServers(Names names, NotificationConfig config) {
    this.names = names;
    this.addresses =
        new Addresses(
            names, new PublicNetwork(config.ownServers().allowedNetworks().orElse(List.of())));
    this.otherPorts = config.ownServers().allowedPorts().orElse(Set.of());
    this.platform = config.email().host();
  }

  public boolean takesMailAt(int port) {
    return SUBMISSION.contains(port) || otherPorts.contains(port);
  }

  public boolean isMailboxAt(int port) {
    return IMAP.contains(port) || otherPorts.contains(port);
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
    if (found.stream().anyMatch(this::isPlatforms)) {
      throw new Addresses.Refused();
    }
    return found.subList(0, Math.min(MOST_ADDRESSES, found.size()));
  }

  /** On this machine the quickstart has one server for all. */
  private boolean isPlatforms(InetAddress address) {
    if (address.isLoopbackAddress()) {
      return false;
    }
    try {
      return names.of(platform, LONGEST_LOOKUP).contains(address);
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
