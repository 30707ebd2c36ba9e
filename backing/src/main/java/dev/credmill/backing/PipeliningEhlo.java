package dev.credmill.backing;

import java.io.IOException;
import org.subethamail.smtp.internal.server.BaseCommand;
import org.subethamail.smtp.server.Session;

/**
 * EHLO that offers PIPELINING (RFC 2920), which SubEthaSMTP can do but does not say; clients then
 * need two round trips a message instead of five.
 */
final class PipeliningEhlo extends BaseCommand {
  PipeliningEhlo() {
    super("EHLO", "Introduce yourself.", "<hostname>");
  }

  @Override
  public void execute(String command, Session session) throws IOException {
    String[] words = getArgs(command);
    if (words.length < 2) {
      session.sendResponse("501 5.5.4 Say EHLO and the name of your host");
      return;
    }
    session.resetMailTransaction();
    session.setHelo(words[1]);
    session.sendResponse(
        String.join(
            "\r\n",
            "250-" + session.getServer().getHostName(),
            "250-PIPELINING",
            "250-8BITMIME",
            "250-SMTPUTF8",
            "250 SIZE " + MailReceiver.LARGEST));
  }
}
