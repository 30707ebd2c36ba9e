package dev.credmill.bench;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What two mail clients hand over when nothing is asked of them but that: messages of text and HTML
 * as long as the product's, made before the clock starts to run where the library allows it.
 */
final class BareMail {
  private static final int CONNECTIONS = 10;
  private static final int UNDER_WAY = 200;
  private static final String FROM = "bench@example.org";
  private static final String TEXT = "Your diploma is ready. ".repeat(25);
  private static final String HTML = "<p>" + "Your diploma is ready. ".repeat(60) + "</p>";

  private BareMail() {}

  private static String recipient(int i) {
    return "bare." + i + "@example.org";
  }

  /** The Vert.x mail client with a pool of 10, kept connections and pipelining. */
  static double vertxPerSecond(int port, int messages) throws InterruptedException {
    Vertx vertx = Vertx.vertx();
    // Of one context, or it misses a greeting now and then and never ends.
    Context context = vertx.getOrCreateContext();
    MailClient client =
        MailClient.create(
            vertx,
            new MailConfig()
                .setHostname("127.0.0.1")
                .setPort(port)
                .setMaxPoolSize(CONNECTIONS)
                .setKeepAlive(true)
                .setPipelining(true));
    Semaphore room = new Semaphore(UNDER_WAY);
    CountDownLatch left = new CountDownLatch(messages);
    AtomicInteger failed = new AtomicInteger();
    long start = System.nanoTime();
    for (int i = 0; i < messages; i++) {
      room.acquire();
      MailMessage message =
          new MailMessage()
              .setFrom(FROM)
              .setTo(recipient(i))
              .setSubject("Your diploma")
              .setText(TEXT)
              .setHtml(HTML);
      context.runOnContext(
          _ ->
              client
                  .sendMail(message)
                  .onComplete(
                      sent -> {
                        if (sent.failed()) {
                          failed.incrementAndGet();
                        }
                        room.release();
                        left.countDown();
                      }));
    }
    left.await();
    double rate = messages / ((System.nanoTime() - start) / 1e9);
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    if (failed.get() > 0) {
      throw new IllegalStateException(failed + " of the bare messages failed");
    }
    return rate;
  }

  /** angus-mail with 10 threads, each with a connection that it keeps. */
  static double angusPerSecond(int port, int messages) throws Exception {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", "127.0.0.1");
    properties.put("mail.smtp.port", Integer.toString(port));
    Session session = Session.getInstance(properties);
    AtomicInteger next = new AtomicInteger();
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        running.add(
            threads.submit(
                () -> {
                  send(session, next, messages);
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    return messages / ((System.nanoTime() - start) / 1e9);
  }

  private static void send(Session session, AtomicInteger next, int messages)
      throws MessagingException {
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect();
      for (int i = next.getAndIncrement(); i < messages; i = next.getAndIncrement()) {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(FROM);
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(recipient(i)));
        message.setSubject("Your diploma");
        MimeBodyPart text = new MimeBodyPart();
        text.setText(TEXT, "utf-8");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(HTML, "utf-8", "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        message.saveChanges();
        transport.sendMessage(message, message.getAllRecipients());
      }
    }
  }
}
