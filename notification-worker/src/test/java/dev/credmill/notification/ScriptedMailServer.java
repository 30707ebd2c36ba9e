package dev.credmill.notification;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;

/** A mail server that answers each recipient as it was told to, then takes everything. */
public class ScriptedMailServer implements QuarkusTestResourceLifecycleManager {
  /** What it answers to one attempt. */
  public sealed interface Answer {
    /** An SMTP reply to RCPT. */
    record Reply(int code, String words) implements Answer {}

    /** Nothing for now. */
    record Hold(CountDownLatch until) implements Answer {}

    /** The connection ends before the message. */
    record HangUp() implements Answer {}

    /** The connection ends when the server has the message, and before it says so. */
    record Drop() implements Answer {}
  }

  private final Map<String, Deque<Answer>> scripts = new ConcurrentHashMap<>();
  private final Map<String, List<String>> taken = new ConcurrentHashMap<>();
  private SMTPServer server;

  /** The answers to the next attempts for this recipient. */
  public void script(String recipient, Answer... answers) {
    scripts.put(recipient, new ArrayDeque<>(List.of(answers)));
  }

  /** The messages that it took for this recipient. */
  public List<String> taken(String recipient) {
    return taken.getOrDefault(recipient, List.of());
  }

  @Override
  public Map<String, String> start() {
    server =
        SMTPServer.port(0).messageHandlerFactory(context -> new Handler((Session) context)).build();
    server.start();
    return Map.of(
        "notification.email.host",
        "127.0.0.1",
        "notification.email.port",
        Integer.toString(server.getPortAllocated()));
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(ScriptedMailServer.class));
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop();
    }
  }

  private final class Handler implements MessageHandler {
    private final Session session;
    private String recipient;

    Handler(Session session) {
      this.session = session;
    }

    @Override
    public void from(String from) {}

    @Override
    public void recipient(String address) throws RejectException {
      recipient = address;
      Deque<Answer> script = scripts.getOrDefault(address, new ArrayDeque<>());
      if (script.peek() instanceof Answer.Reply(int code, String words)) {
        script.remove();
        throw new RejectException(code, words);
      }
      if (script.peek() instanceof Answer.Hold(CountDownLatch until)) {
        script.remove();
        hold(until);
      }
      if (script.peek() instanceof Answer.HangUp) {
        script.remove();
        hangUp();
      }
    }

    private static void hold(CountDownLatch until) {
      try {
        until.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    private void hangUp() {
      try {
        session.closeSocket();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String data(InputStream data) throws IOException {
      String message = new String(data.readAllBytes(), StandardCharsets.UTF_8);
      taken.computeIfAbsent(recipient, _ -> new CopyOnWriteArrayList<>()).add(message);
      Deque<Answer> script = scripts.getOrDefault(recipient, new ArrayDeque<>());
      if (script.peek() instanceof Answer.Drop) {
        script.remove();
        // Not even a 421, which would say that it was not taken.
        hangUp();
        throw new IOException("as the script says");
      }
      return null;
    }

    @Override
    public void done() {}
  }
}
