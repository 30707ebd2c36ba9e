package dev.credmill.contracts.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/**
 * The addresses of a host, each of which may be connected to. Whoever connects takes these and asks
 * for the name no second time: it may have other addresses by then.
 */
public class Addresses {
  private final Names names;
  private final PublicNetwork network;

  public Addresses(Names names, PublicNetwork network) {
    this.names = names;
    this.network = network;
  }

  /** The name leads to an address that nobody is connected to. */
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    public Refused() {
      super("not a public address", null, false, false);
    }
  }

  /**
   * @throws Refused when one of them is not public: a name with both kinds is made to deceive
   */
  public List<InetAddress> of(String host, Duration longest) throws UnknownHostException, Refused {
    List<InetAddress> addresses = names.of(host, longest);
    for (InetAddress address : addresses) {
      if (!network.reaches(address)) {
        throw new Refused();
      }
    }
    return addresses;
  }
}
