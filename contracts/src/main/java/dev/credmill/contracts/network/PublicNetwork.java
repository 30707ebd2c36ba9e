package dev.credmill.contracts.network;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses may be connected to for somebody who names them: those that anybody in the
 * Internet may be reached at, and what the operator allows besides. Whatever is private, local,
 * reserved, or only a way to write such an address, is refused (the IANA registries of
 * special-purpose addresses).
 */
public final class PublicNetwork {
  private static final List<Network> NOT_PUBLIC =
      networks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10", // behind a provider's translation (RFC 6598)
          "127.0.0.0/8",
          "169.254.0.0/16", // where clouds tell machines their secrets
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4",
          "2001::/23", // protocols' own, Teredo among them
          "2001:db8::/32",
          "2002::/16", // 6to4: an IPv4 address in another form
          "3fff::/20");

  /** Global unicast; all other space of IPv6 is something else. */
  private static final Network GLOBAL = Network.parse("2000::/3");

  /** Such an address stands for an IPv4 address (RFC 6052), and is as public as that. */
  private static final Network TRANSLATED = Network.parse("64:ff9b::/96");

  private static final int IPV4_IN_TRANSLATED = 12;

  private final List<Network> allowed;

  /**
   * @param allowed networks such as {@code 10.1.0.0/16} that may be connected to all the same
   * @throws IllegalArgumentException for a typo in one of them
   */
  public PublicNetwork(List<String> allowed) {
    this.allowed = allowed.stream().map(Network::parse).toList();
  }

  public boolean reaches(InetAddress address) {
    return allows(address) || isPublic(address);
  }

  /** Whether the operator does, whatever it is. */
  public boolean allows(InetAddress address) {
    return allowed.stream().anyMatch(network -> network.contains(address));
  }

  private static boolean isPublic(InetAddress address) {
    if (NOT_PUBLIC.stream().anyMatch(network -> network.contains(address))) {
      return false;
    }
    return switch (address) {
      case Inet4Address _ -> true;
      case Inet6Address v6 ->
          TRANSLATED.contains(v6)
              ? isPublic(Network.ipv4(v6, IPV4_IN_TRANSLATED))
              : GLOBAL.contains(v6);
      default -> false;
    };
  }

  private static List<Network> networks(String... texts) {
    return Stream.of(texts).map(Network::parse).toList();
  }

  /** Addresses that begin with the same bits. */
  record Network(InetAddress first, int bits) {
    Network {
      if (bits < 0 || bits > first.getAddress().length * Byte.SIZE) {
        throw new IllegalArgumentException("no network: " + first + "/" + bits);
      }
    }

    /** Such as {@code 10.0.0.0/8}. */
    static Network parse(String text) {
      String[] parts = text.strip().split("/", 2);
      try {
        return new Network(InetAddress.ofLiteral(parts[0]), Integer.parseInt(parts[1]));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new IllegalArgumentException(
            "a network is written as 10.0.0.0/8 or fd00::/8, and not as " + text, e);
      }
    }

    static InetAddress ipv4(Inet6Address address, int from) {
      try {
        return InetAddress.getByAddress(
            Arrays.copyOfRange(address.getAddress(), from, from + Integer.BYTES));
      } catch (java.net.UnknownHostException e) {
        throw new IllegalStateException("four bytes are an address", e);
      }
    }

    boolean contains(InetAddress address) {
      byte[] mine = first.getAddress();
      byte[] its = address.getAddress();
      if (mine.length != its.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % Byte.SIZE);
        if (((mine[bit / Byte.SIZE] ^ its[bit / Byte.SIZE]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
