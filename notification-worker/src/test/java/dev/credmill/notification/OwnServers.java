package dev.credmill.notification;

import dev.credmill.backing.Mailbox;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** Servers of organizations: one that asks for a password, a mailbox, and one that says nothing. */
public class OwnServers implements QuarkusTestResourceLifecycleManager {
  public static final String USER = "diplomas";
  public static final String PASSWORD = "correct horse battery staple";

  /** What the server with the password took. */
  public record Taken(String returnPath, String recipient, String message) {}

  private final List<Taken> taken = new CopyOnWriteArrayList<>();
  private final AtomicReference<Runnable> atLogin = new AtomicReference<>(() -> {});
  private SMTPServer server;
  private Mailbox mailbox;
  private ServerSocket silent;

  /** What happens when next somebody logs in to the server. */
  public void atTheNextLogin(Runnable what) {
    atLogin.set(what);
  }

  public int port() {
    return server.getPortAllocated();
  }

  public Mailbox mailbox() {
    return mailbox;
  }

  /** It takes connections and never greets. */
  public int silentPort() {
    return silent.getLocalPort();
  }

  public List<Taken> taken(String recipient) {
    return taken.stream().filter(one -> one.recipient.equals(recipient)).toList();
  }

  @Override
  public Map<String, String> start() {
    try {
      Path target = Files.createDirectories(Path.of("target"));
      mailbox = Mailbox.start(Files.createTempDirectory(target, "own-mailbox"), 0, 0);
      silent = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server =
        SMTPServer.port(0)
            .bindAddress(InetAddress.ofLiteral("127.0.0.1"))
            .requireAuth()
            .authenticationHandlerFactory(
                new EasyAuthenticationHandlerFactory(
                    (user, password, _) -> {
                      atLogin.getAndSet(() -> {}).run();
                      if (!user.equals(USER) || !password.equals(PASSWORD)) {
                        throw new LoginFailedException("that is not it");
                      }
                    }))
            .messageHandlerFactory(_ -> new Handler())
            .build();
    server.start();
    return Map.of(
        "notification.master-key",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "notification.own-servers.allowed-networks",
        "127.0.0.0/8",
        "notification.own-servers.allowed-ports",
        "%d,%d,%d,%d".formatted(port(), silentPort(), mailbox.smtpPort(), mailbox.imapPort()),
        "notification.email.allowed-sender-domains.globex",
        "globex.example.com");
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(OwnServers.class));
  }

  @Override
  public void stop() {
    try {
      if (server != null) {
        server.stop();
      }
      if (mailbox != null) {
        mailbox.close();
      }
      if (silent != null) {
        silent.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Handler implements MessageHandler {
    private String returnPath;
    private String recipient;

    @Override
    public void from(String from) {
      returnPath = from;
    }

    @Override
    public void recipient(String address) {
      recipient = address;
    }

    @Override
    public String data(InputStream data) throws IOException {
      taken.add(
          new Taken(
              returnPath, recipient, new String(data.readAllBytes(), StandardCharsets.US_ASCII)));
      return "2.0.0 queued for you";
    }

    @Override
    public void done() {}
  }
}
