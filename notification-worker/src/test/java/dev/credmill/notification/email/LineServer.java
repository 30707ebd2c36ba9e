package dev.credmill.notification.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * SMTP by the line, so that every line can be answered wrongly. Commands are named by their verb,
 * the end of a message by a dot.
 */
final class LineServer implements AutoCloseable {
  /** Instead of an answer. */
  static final String SILENCE = "silence";

  /** Instead of an answer. */
  static final String HANGS_UP = "hangs up";

  /** The usual answer, after a while. */
  static final String SLOW = "slow";

  /** An answer that goes on and on, a line every now and then. */
  static final String DRIBBLES = "dribbles";

  private static final Map<String, String> USUAL =
      Map.of(
          "DATA",
          "354 go on",
          "QUIT",
          "221 bye",
          "EHLO",
          "250-here\r\n250 AUTH PLAIN",
          "STARTTLS",
          "220 go on",
          "AUTH",
          "235 in");

  /** Stands among what is heard where TLS begins. */
  static final String TLS = "TLS";

  private static final String OFFERS_TLS = "250-here\r\n250-AUTH PLAIN\r\n250 STARTTLS";

  private final ServerSocket listening;
  private final Thread accepting;

  /** Null for a server without TLS. */
  private final SSLContext tls;

  private final boolean tlsFromTheStart;
  private final Map<String, ConcurrentLinkedQueue<String>> scripts = new ConcurrentHashMap<>();
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  LineServer() {
    this(null, false);
  }

  /**
   * @param tlsFromTheStart otherwise it is offered
   */
  LineServer(SSLContext tls, boolean tlsFromTheStart) {
    this.tls = tls;
    this.tlsFromTheStart = tlsFromTheStart;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    accepting = Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** What it says to the next of these, once; after that it is kind again. */
  void answer(String verb, String... answers) {
    scripts.put(verb, new ConcurrentLinkedQueue<>(List.of(answers)));
  }

  int connections() {
    return accepted.get();
  }

  /** Verbs and dots, in their order. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  /** How many came to their end. */
  long messages() {
    return heard.stream().filter("."::equals).count();
  }

  void hangUp() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        accepted.incrementAndGet();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> talk(socket));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private void talk(Socket plain) {
    try (plain) {
      Socket socket = tlsFromTheStart ? secured(plain) : plain;
      BufferedReader lines = lines(socket);
      OutputStream out = socket.getOutputStream();
      String said = say(out, "CONNECT", "220 hello");
      boolean inMessage = false;
      while (!said.equals(HANGS_UP)) {
        String line = lines.readLine();
        if (line == null) {
          return;
        }
        if (inMessage && !line.equals(".")) {
          continue;
        }
        String verb = line.split("[ :]", 2)[0];
        heard.add(verb);
        said = say(out, verb, usual(verb, socket));
        if (verb.equals("STARTTLS") && said.startsWith("220")) {
          socket = secured(plain);
          lines = lines(socket);
          out = socket.getOutputStream();
        }
        inMessage = said.startsWith("354");
      }
    } catch (IOException _) {
      // the client has gone
    }
  }

  private String usual(String verb, Socket socket) {
    return tls != null && !(socket instanceof SSLSocket) && verb.equals("EHLO")
        ? OFFERS_TLS
        : USUAL.getOrDefault(verb, "250 fine");
  }

  private Socket secured(Socket plain) throws IOException {
    SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, 0, true);
    socket.setUseClientMode(false);
    socket.startHandshake();
    heard.add(TLS);
    return socket;
  }

  private static BufferedReader lines(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  private String say(OutputStream out, String verb, String usual) throws IOException {
    ConcurrentLinkedQueue<String> script = scripts.get(verb);
    String scripted = script == null ? null : script.poll();
    String answer = scripted == null ? usual : scripted;
    switch (answer) {
      case SILENCE, HANGS_UP -> {
        // says nothing
      }
      case DRIBBLES -> dribble(out);
      case SLOW -> {
        pause(100);
        write(out, usual);
      }
      default -> write(out, answer);
    }
    return answer;
  }

  private static void write(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static void dribble(OutputStream out) throws IOException {
    while (true) {
      write(out, "250-and");
      pause(20);
    }
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Override
  public void close() throws IOException {
    listening.close();
    try {
      // Until its thread has noticed, one more connection would be taken.
      accepting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    hangUp();
  }
}
