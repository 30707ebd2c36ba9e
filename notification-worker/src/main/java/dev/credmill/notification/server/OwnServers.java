package dev.credmill.notification.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.credmill.contracts.network.Addresses;
import dev.credmill.contracts.network.Names;
import dev.credmill.contracts.network.PublicNetwork;
import dev.credmill.notification.NotificationConfig;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

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
  private static final int MOST_REMEMBERED = 1_000;

  private final Names names;
  private final PublicNetwork network;
  private final Addresses addresses;
  private final Predicate<InetAddress> isOfThisMachine;
  private final Set<Integer> otherPorts;
  private final boolean mayBeWithoutLogin;
  private final String platform;
  private final boolean isTrustedByAddress;

  /** All that its name was found to stand for: a name with many tells a few at a time. */
  private final Cache<InetAddress, Boolean> platformAddresses =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

  @Inject
  public OwnServers(Names names, NotificationConfig config) {
    this(names, config, OwnServers::isOfThisMachine);
  }

  OwnServers(Names names, NotificationConfig config, Predicate<InetAddress> isOfThisMachine) {
    this.names = names;
    this.isOfThisMachine = isOfThisMachine;
    this.network = new PublicNetwork(config.ownServers().allowedNetworks().orElse(List.of()));
    this.addresses = new Addresses(names, network);
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
    if (found.stream().anyMatch(this::isHere) || (isTrustedByAddress && isPlatforms(host, found))) {
      throw new Addresses.Refused();
    }
    return found.subList(0, Math.min(MOST_ADDRESSES, found.size()));
  }

  /** Public as it may be: what listens here may trust whatever comes from here. */
  private boolean isHere(InetAddress address) {
    return !network.allows(address) && isOfThisMachine.test(address);
  }

  private static boolean isOfThisMachine(InetAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException _) {
      return true;
    }
  }

  /** On this machine the quickstart has one server for all. */
  private boolean isPlatforms(String host, List<InetAddress> found) {
    List<InetAddress> outside =
        found.stream().filter(address -> !address.isLoopbackAddress()).toList();
    return !outside.isEmpty() && (host.equalsIgnoreCase(platform) || mayBeOfPlatform(outside));
  }

  /** While its name was never found, any address may be its. */
  private boolean mayBeOfPlatform(List<InetAddress> found) {
    try {
      names.of(platform, LONGEST_LOOKUP).forEach(one -> platformAddresses.put(one, true));
    } catch (UnknownHostException _) {
      // those of before count
    }
    Set<InetAddress> known = platformAddresses.asMap().keySet();
    return known.isEmpty() || found.stream().anyMatch(known::contains);
  }
}
