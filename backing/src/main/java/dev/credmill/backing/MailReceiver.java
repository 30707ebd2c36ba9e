package dev.credmill.backing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;

/**
 * Takes one message from an SMTP session, for whomever it is. It is in the mailbox before the
 * session answers 250.
 */
final class MailReceiver implements MessageHandler {
  static final int LARGEST = 25 * 1024 * 1024;
  private static final int BUFFER = 16 * 1024;
  private final Maildir maildir;
  private final List<String> recipients = new ArrayList<>(1);
  private String sender = "";

  MailReceiver(Maildir maildir) {
    this.maildir = maildir;
  }

  @Override
  public void from(String from) {
    sender = from;
  }

  @Override
  public void recipient(String recipient) {
    recipients.add(recipient);
  }

  @Override
  public String data(InputStream data) throws RejectException, IOException {
    Path file = maildir.unfinished();
    boolean fits;
    try (OutputStream out = Files.newOutputStream(file)) {
      fits = write(data, out);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    if (!fits) {
      Files.delete(file);
      throw new RejectException(552, "5.3.4 The message is larger than " + LARGEST + " bytes");
    }
    return "2.0.0 Kept as " + maildir.deliver(file);
  }

  @Override
  public void done() {}

  private boolean write(InputStream data, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    int filled = envelope(buffer);
    int total = 0;
    // Byte by byte: the streams of SubEthaSMTP take no bulk reads, and theirs is the buffer below.
    for (int next = data.read(); next >= 0; next = data.read()) {
      if (filled == BUFFER) {
        out.write(buffer, 0, filled);
        filled = 0;
      }
      buffer[filled++] = (byte) next;
      if (++total > LARGEST) {
        // What follows must be read all the same, or it would be taken for commands.
        drain(data);
        return false;
      }
    }
    out.write(buffer, 0, filled);
    return true;
  }

  /** The envelope as headers: RFC 5321, 4.4 for Return-Path, RFC 9228 for Delivered-To. */
  private int envelope(byte[] buffer) {
    StringBuilder headers = new StringBuilder("Return-Path: <").append(sender).append(">\r\n");
    for (String recipient : recipients) {
      if (headers.length() + recipient.length() < BUFFER / 4) {
        headers.append("Delivered-To: ").append(recipient).append("\r\n");
      }
    }
    byte[] bytes = headers.toString().getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, buffer, 0, bytes.length);
    return bytes.length;
  }

  private static void drain(InputStream data) throws IOException {
    while (data.read() >= 0) {
      // on to the end
    }
  }
}
