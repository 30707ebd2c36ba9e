package dev.credmill.notification.bounce;

import java.util.UUID;

/** What comes back, in the shapes that the mail systems of the world give it. */
public final class Returned {
  private Returned() {}

  private static String hex(UUID message) {
    return message.toString().replace("-", "");
  }

  private static String lines(String text) {
    return text.replace("\n", "\r\n");
  }

  private static String report(
      UUID message, String from, String words, String status, String returned) {
    return lines(
        """
        Return-Path: <>
        Delivered-To: bounces+%1$s@credentials.example.org
        From: %2$s
        To: bounces+%1$s@credentials.example.org
        Subject: Undeliverable
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

        --b1
        Content-Type: text/plain; charset=utf-8

        %3$s

        --b1
        Content-Type: message/delivery-status

        %4$s
        --b1
        %5$s

        --b1--
        """
            .formatted(hex(message), from, words, status, returned));
  }

  private static String wholeLetter(UUID message) {
    return """
        Content-Type: message/rfc822

        Message-ID: <%s@credentials.example.org>
        Subject: Your diploma

        Hello"""
        .formatted(hex(message));
  }

  private static String headersAlone(UUID message) {
    return """
        Content-Type: text/rfc822-headers

        Message-ID: <%s@credentials.example.org>
        Subject: Your diploma"""
        .formatted(hex(message));
  }

  public static String postfix(UUID message, String status, String diagnostic) {
    return report(
        message,
        "MAILER-DAEMON@mx.example.net (Mail Delivery System)",
        "This is the mail system at host mx.example.net.",
        """
        Reporting-MTA: dns; mx.example.net
        X-Postfix-Queue-ID: 4ZkQ2x1XyZ
        X-Postfix-Sender: rfc822; bounces@credentials.example.org
        Arrival-Date: Mon, 23 Nov 2026 10:00:00 +0000 (UTC)

        Final-Recipient: rfc822; ada@example.net
        Original-Recipient: rfc822;ada@example.net
        Action: failed
        Status: %s
        Remote-MTA: dns; mail.example.net
        Diagnostic-Code: smtp; %s
        """
            .formatted(status, diagnostic),
        wholeLetter(message));
  }

  static String postfixThatStillTries(UUID message) {
    return postfix(message, "4.4.1", "connect to mail.example.net[192.0.2.1]:25: timed out")
        .replace("Action: failed", "Action: delayed");
  }

  static String postfixThatHasDelivered(UUID message) {
    return postfix(message, "2.0.0", "250 2.0.0 Ok").replace("Action: failed", "Action: delivered");
  }

  /** Exim gives 5.0.0 to everything; only its words tell more. */
  static String exim(UUID message, String diagnostic) {
    return report(
        message,
        "Mail Delivery System <Mailer-Daemon@exim.example.net>",
        "This message was created automatically by mail delivery software.",
        """
        Reporting-MTA: dns; exim.example.net

        Action: failed
        Final-Recipient: rfc822;ada@example.net
        Status: 5.0.0
        Remote-MTA: dns; mail.example.net
        Diagnostic-Code: smtp; %s
        """
            .formatted(diagnostic),
        wholeLetter(message));
  }

  static String sendmail(UUID message) {
    return report(
        message,
        "Mail Delivery Subsystem <MAILER-DAEMON@sendmail.example.net>",
        "   ----- The following addresses had permanent fatal errors -----",
        """
        Reporting-MTA: dns; sendmail.example.net
        Received-From-MTA: DNS; credentials.example.org
        Arrival-Date: Mon, 23 Nov 2026 10:00:00 GMT

        Final-Recipient: RFC822; ada@example.net
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: SMTP; 550 5.1.1 <ada@example.net>... User unknown
        Last-Attempt-Date: Mon, 23 Nov 2026 10:00:01 GMT
        """,
        headersAlone(message));
  }

  static String exchange(UUID message) {
    return report(
        message,
        "Microsoft Outlook <postmaster@example.net>",
        "Your message couldn't be delivered.",
        """
        Reporting-MTA: dns;EX01.example.net
        Received-From-MTA: dns;credentials.example.org

        Original-Recipient: rfc822;ada@example.net
        Final-Recipient: rfc822;ada@example.net
        Action: failed
        Status: 5.1.10
        Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
        """,
        wholeLetter(message));
  }

  /** Its diagnosis goes over several lines, each with the code. */
  static String gmail(UUID message) {
    return report(
        message,
        "Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
        "** Address not found **",
        """
        Reporting-MTA: dns; googlemail.example
        Arrival-Date: Mon, 23 Nov 2026 02:00:00 -0800 (PST)

        Final-Recipient: rfc822; ada@example.net
        Action: failed
        Status: 5.1.1
        Remote-MTA: dns; gmail-smtp-in.example. (192.0.2.27, the server for the domain.)
        Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
         Please try
         550-5.1.1 double-checking the recipient's email address for typos or
         550 5.1.1 unnecessary spaces.
        Last-Attempt-Date: Mon, 23 Nov 2026 02:00:01 -0800 (PST)
        """,
        wholeLetter(message));
  }

  /** qmail writes a letter, and no part of it is for machines. */
  static String qmail(UUID message) {
    return lines(
        """
        Return-Path: <>
        From: MAILER-DAEMON@qmail.example.net
        To: no-reply@credentials.example.org
        Subject: failure notice

        Hi. This is the qmail-send program at qmail.example.net.
        I'm afraid I wasn't able to deliver your message to the following addresses.
        This is a permanent error; I've given up. Sorry it didn't work out.

        <ada@example.net>:
        Sorry, no mailbox here by that name. (#5.1.1)

        --- Below this line is a copy of the message.

        Message-ID: <%s@credentials.example.org>
        Subject: Your diploma
        """
            .formatted(hex(message)));
  }

  /** RFC 5965, as big mailbox providers send it. */
  public static String complaint(UUID message, String type) {
    return lines(
        """
        From: <feedback@arf.example.net>
        To: <abuse@credentials.example.org>
        Subject: FW: Your diploma
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="b2"

        --b2
        Content-Type: text/plain; charset="US-ASCII"

        This is an email abuse report for an email message.

        --b2
        Content-Type: message/feedback-report

        Feedback-Type: %2$s
        User-Agent: SomeGenerator/1.0
        Version: 1
        Original-Mail-From: <bounces+%1$s@credentials.example.org>
        Arrival-Date: Mon, 23 Nov 2026 10:00:00 +0000

        --b2
        Content-Type: message/rfc822
        Content-Disposition: inline

        Message-ID: <%1$s@credentials.example.org>
        Subject: Your diploma

        Hello
        --b2--
        """
            .formatted(hex(message), type));
  }

  static String delayLetter(UUID message) {
    return lines(
        """
        Return-Path: <>
        From: Mail Delivery System <Mailer-Daemon@exim.example.net>
        To: bounces+%1$s@credentials.example.org
        Subject: Warning: message delayed 24 hours

        A message that you sent has not yet been delivered to one or more of its recipients.
        host mail.example.net: 451 4.7.1 greylisted
        No action is required on your part. Delivery attempts will continue.
        """
            .formatted(hex(message)));
  }

  static String awayNote(UUID message) {
    return lines(
        """
        Return-Path: <>
        From: Ada Lovelace <ada@example.net>
        To: bounces+%1$s@credentials.example.org
        In-Reply-To: <%1$s@credentials.example.org>
        Auto-Submitted: auto-replied
        Subject: Away

        I am away until 5.1.2027 and read nothing. Call +1 550 5.1.1 in between.
        """
            .formatted(hex(message)));
  }
}
