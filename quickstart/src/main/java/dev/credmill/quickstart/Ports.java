package dev.credmill.quickstart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Whether a port can be had, asked before anything is started. */
final class Ports {
  private Ports() {}

  /**
   * @param what stands behind the port, for the message
   * @param option chooses another
   * @throws Refusal when something else listens there
   */
  static void insistOn(int port, String what, String option) {
    try (ServerSocket socket = new ServerSocket()) {
      // As servers do: connections of an ended process may linger without being in the way.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new Refusal(
          "Port %d (%s) is in use by another program. End that, or choose another port with %s."
              .formatted(port, what, option),
          e);
    }
  }
}
