package dev.credmill.notification.bounce;

import jakarta.mail.Session;
import java.io.IOException;
import java.util.Properties;
import org.eclipse.angus.mail.iap.ByteArray;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.util.MailLogger;

/**
 * The store of a server that somebody has named. Such a server may announce a string of two
 * gigabytes (RFC 9051, 4.3) or as many messages, and the library would make room for them before
 * the first is there.
 */
final class GuardedStore extends IMAPStore {
  private static final int LONGEST_ANSWER = 1 << 20;
  private static final int MOST_MESSAGES = 200_000;

  /**
   * @param protocol {@code imap} or {@code imaps}
   */
  GuardedStore(Session session, String protocol) {
    super(session, null, protocol, protocol.equals("imaps"));
  }

  @Override
  protected IMAPProtocol newIMAPProtocol(String host, int port)
      throws IOException, ProtocolException {
    return new Guarded(name, host, port, session.getProperties(), isSSL, logger);
  }

  private static final class Guarded extends IMAPProtocol {
    Guarded(
        String name, String host, int port, Properties properties, boolean isSsl, MailLogger logger)
        throws IOException, ProtocolException {
      super(name, host, port, properties, isSsl, logger);
    }

    @Override
    public Response readResponse() throws IOException, ProtocolException {
      Response response = super.readResponse();
      if (response instanceof IMAPResponse one
          && one.keyEquals("EXISTS")
          && (one.getNumber() < 0 || one.getNumber() > MOST_MESSAGES)) {
        throw new TooMuch();
      }
      return response;
    }

    @Override
    protected ByteArray getResponseBuffer() {
      // The one that the library would use again grows without a limit.
      super.getResponseBuffer();
      return new Answer();
    }
  }

  private static final class Answer extends ByteArray {
    Answer() {
      super(128);
    }

    @Override
    public void grow(int by) {
      if (by < 0 || by > LONGEST_ANSWER - getBytes().length) {
        throw new TooMuch();
      }
      super.grow(by);
    }
  }

  /** The library lets nothing else through there. */
  static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooMuch() {
      super("The server has too much at once for us", null, false, false);
    }
  }
}
