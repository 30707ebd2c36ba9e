package dev.credmill.notification.email;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;

/** Makes the socket of a connection and keeps hold of it; TLS goes over the same one. */
final class AbortableSockets extends SocketFactory {
  private Socket socket;
  private boolean aborted;

  @Override
  public synchronized Socket createSocket() throws IOException {
    if (aborted) {
      throw new SocketException("aborted");
    }
    socket = new Socket();
    socket.setTcpNoDelay(true);
    return socket;
  }

  synchronized boolean aborted() {
    return aborted;
  }

  synchronized void abort() {
    aborted = true;
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException _) {
      // closed is closed
    }
  }

  private Socket connected(InetSocketAddress server, InetSocketAddress local) throws IOException {
    Socket made = createSocket();
    made.bind(local);
    made.connect(server);
    return made;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port), null);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
  }
}
