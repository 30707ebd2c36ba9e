package dev.credmill.batch.webhook;

import dev.credmill.contracts.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/**
 * The addresses of a destination, each of which may be connected to. Whoever connects takes these
 * and asks for the name no second time: it may have other addresses by then.
 */
@ApplicationScoped
class Addresses {
  private final Names names;
  private final PublicNetwork network;

  Addresses(Names names, PublicNetwork network) {
    this.names = names;
    this.network = network;
  }

  /** The name leads to an address that nothing is sent to. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused() {
      super("not a public address", null, false, false);
    }
  }

  /**
   * @throws Refused when one of them is not public: a name with both kinds is made to deceive
   */
  List<InetAddress> of(Destination destination, Duration longest)
      throws UnknownHostException, Refused {
    List<InetAddress> addresses = names.of(destination.host(), longest);
    for (InetAddress address : addresses) {
      if (!network.reaches(address)) {
        throw new Refused();
      }
    }
    return addresses;
  }

  /** Passes only a destination that something can be sent to, as far as can be told now. */
  void check(Destination destination, Duration longest) {
    try {
      of(destination, longest);
    } catch (UnknownHostException e) {
      throw ProblemType.WEBHOOK_ADDRESS_REFUSED.because(
          "The name of the host has no address; publish it first");
    } catch (Refused e) {
      throw ProblemType.WEBHOOK_ADDRESS_REFUSED.because(
          "The host's address is private, local or reserved; messages go to public addresses only");
    }
  }
}
