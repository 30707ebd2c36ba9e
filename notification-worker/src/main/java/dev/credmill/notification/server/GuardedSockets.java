package dev.credmill.notification.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.util.WriteTimeoutSocket;

/**
 * The sockets of a connection to a server that somebody has named. It goes to the address that was
 * checked, while TLS asks for the name; and the server can neither fill the memory, since the
 * library keeps an answer until it ends, nor hold up a thread by reading nothing.
 */
public final class GuardedSockets extends AbortableSockets {
  private static final int LONGEST_WRITE = 30_000; // ms
  private static final ScheduledThreadPoolExecutor WATCH =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("guarded-sockets").factory());

  static {
    // There is a task for every write, and it waits as long as a write may take.
    WATCH.setRemoveOnCancelPolicy(true);
  }

  private final AtomicLong room = new AtomicLong();
  private final SSLSocketFactory tls;

  /**
   * @param name which the certificate must be for
   * @param tls makes the secure sockets, and knows whom to trust
   */
  public GuardedSockets(String name, SSLSocketFactory tls) {
    this.tls = new Named(name, tls);
  }

  @Override
  public Socket createSocket() throws IOException {
    return held(new Guarded(new Socket()));
  }

  /** What makes a connection a secure one, from the first byte on or later. */
  public SSLSocketFactory tls() {
    return tls;
  }

  @Override
  public void mayRead(long bytes) {
    room.set(bytes);
  }

  /** Counts what it reads, on the way to TLS, too. */
  private final class Guarded extends WriteTimeoutSocket {
    Guarded(Socket socket) throws IOException {
      super(socket, LONGEST_WRITE, WATCH);
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          int read = super.read();
          count(1);
          return read;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
          int read = super.read(bytes, from, length);
          count(read);
          return read;
        }
      };
    }

    private void count(int read) throws IOException {
      if (room.addAndGet(-read) < 0) {
        throw new IOException("the server says too much");
      }
    }
  }

  /**
   * Asks for a name whatever it is given: the library knows the address alone, so that it looks up
   * nothing itself.
   */
  private final class Named extends SSLSocketFactory {
    private final String name;
    private final SSLSocketFactory tls;

    Named(String name, SSLSocketFactory tls) {
      this.name = name;
      this.tls = tls;
    }

    @Override
    public Socket createSocket(Socket socket, String address, int port, boolean autoClose)
        throws IOException {
      Socket under = socket instanceof Guarded ? socket : held(new Guarded(socket));
      return tls.createSocket(under, name, port, autoClose);
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return tls.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw unconnected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw unconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw unconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw unconnected();
    }

    private static UnsupportedOperationException unconnected() {
      return new UnsupportedOperationException("TLS goes over a connection that is there");
    }
  }
}
