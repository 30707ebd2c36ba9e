package dev.credmill.notification.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;

/** Makes the socket of a connection and keeps hold of it; TLS goes over the same one. */
public class AbortableSockets extends SocketFactory {
  private Socket socket;
  private boolean aborted;

  @Override
  public Socket createSocket() throws IOException {
    return held(new Socket());
  }

  final synchronized Socket held(Socket made) throws IOException {
    if (aborted) {
      throw new SocketException("aborted");
    }
    socket = made;
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** What the other side may say from now on; more of it ends the connection. */
  public void mayRead(long bytes) {
    // whom the operator has chosen may say what it likes
  }

  public final synchronized boolean aborted() {
    return aborted;
  }

  /** Ends the connection at once, from whatever thread; none comes after it. */
  public final synchronized void abort() {
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
