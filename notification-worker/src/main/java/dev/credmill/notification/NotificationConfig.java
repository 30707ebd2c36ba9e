package dev.credmill.notification;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How messages are sent. */
@ConfigMapping(prefix = "notification")
public interface NotificationConfig {
  /**
   * The address that emails come from; recipients read it behind the organization's name. Default:
   * {@code no-reply@} the host of {@code credmill.public-url}.
   */
  Optional<@Email String> from();

  /**
   * What stands behind the @ of every Message-ID. To be kept for good: a message that is sent again
   * must have the id it had. Default: the host of {@code credmill.public-url}.
   */
  Optional<@Pattern(regexp = "[A-Za-z0-9.-]{1,200}") String> messageIdDomain();

  /**
   * Deliveries claimed at once, over all organizations that wait. When the process dies, each of
   * them counts as one that may have gone out.
   */
  @WithDefault("100")
  @Min(1)
  @Max(10_000)
  int claim();

  /**
   * For how long a claim holds. What a killed process was sending is sent again after that, so it
   * must be longer than twice {@link #sendTimeout}.
   */
  @WithDefault("PT1M")
  Duration lease();

  /** After which a mail server's or gateway's silence is taken for failure. */
  @WithDefault("PT20S")
  Duration sendTimeout();

  /** How often to look for what is due; new deliveries are taken up at once in any case. */
  @WithDefault("PT1S")
  Duration pollInterval();

  /**
   * How long an outcome may remain unannounced before any instance announces it (again): longer
   * than a commit and an announcement take.
   */
  @WithDefault("PT10S")
  Duration announceAfter();

  /**
   * For how long a settled delivery says whom it went to. Then contact, name and link are erased.
   */
  @WithDefault("P30D")
  Duration retention();

  /**
   * A file that holds 32 bytes in base64, under which the passwords of organizations' mail servers
   * are encrypted. Without it, or {@link #masterKey()}, none can be kept. Wins over that.
   */
  Optional<Path> masterKeyFile();

  /** The same key as text, where a file is not at hand. */
  Optional<String> masterKey();

  Retry retry();

  Bounces bounces();

  OwnServers ownServers();

  Pause pause();

  EmailConfig email();

  Sms sms();

  /** Trying again after a temporary failure. */
  interface Retry {
    /** The pause after the first failure; each further one doubles it. Up to half is cut off. */
    @WithDefault("PT10S")
    Duration first();

    /** The longest pause. */
    @WithDefault("PT1H")
    Duration longest();

    /** How many attempts are made in all. */
    @WithDefault("50")
    @Min(1)
    int attempts();

    /** After which time since the request no further attempt is made. */
    @WithDefault("P2D")
    Duration age();
  }

  /** Has an organization's messages wait when too many of the latest ones came back. */
  interface Pause {
    @WithDefault("true")
    boolean enabled();

    /** How many of the latest messages over a medium are looked at. */
    @WithDefault("1000")
    @Min(1)
    @Max(10_000)
    int latest();

    /** More of them than these, in 100, have the others wait. */
    @WithDefault("5")
    @Min(1)
    @Max(100)
    int percent();
  }

  /** Mail servers and mailboxes of organizations, which their admins name. */
  interface OwnServers {
    /**
     * Networks that they may be in though these are not public, such as {@code 10.1.0.0/16} or
     * {@code ::1/128}. Whoever administers an organization can then connect to any host in them.
     */
    Optional<List<String>> allowedNetworks();

    /**
     * Ports that they may have besides 465, 587 and 2525 for mail servers, 143 and 993 for
     * mailboxes. With 25 among them, messages can go straight to any domain's server from here.
     */
    Optional<Set<@Min(1) @Max(65_535) Integer>> allowedPorts();

    /**
     * Whether mail goes to such a server, too, that nobody logs in to: it takes what comes from
     * here under any name. On the loopback it always does.
     */
    @WithDefault("false")
    boolean withoutLogin();

    /** Messages, and so connections to one of these mail servers, under way at once. */
    @WithDefault("10")
    @Min(1)
    @Max(1_000)
    int inFlight();

    /** How long the reading of one of these mailboxes may take; it goes on the next time. */
    @WithDefault("PT2M")
    Duration longestReading();
  }

  /** Messages that come back, and the mailbox to which they do (RFC 3464, RFC 5965). */
  interface Bounces {
    /**
     * The address to which messages are to come back, such as {@code bounces@example.org}: each has
     * a return path of its own made of it, {@code bounces+<id>@example.org}, so its server must
     * deliver all that begin so. Default: {@link NotificationConfig#from} as it is.
     */
    Optional<@Email String> address();

    /** The IMAP server of that mailbox; without it nothing is read. */
    Optional<String> host();

    @WithDefault("993")
    @Min(1)
    @Max(65_535)
    int port();

    Optional<String> user();

    Optional<String> password();

    /** TLS from the first byte on (RFC 8314, 3.2), usual on port 993. */
    @WithDefault("true")
    boolean tls();

    @WithDefault("INBOX")
    String folder();

    /** How often to look into it. */
    @WithDefault("PT30S")
    Duration every();

    /**
     * Whether messages that were read and are of ours are deleted; all others stay as they are, for
     * a person to look at.
     */
    @WithDefault("true")
    boolean delete();

    /**
     * How often a message is sent once more that came back for a passing reason, such as a full
     * mailbox.
     */
    @WithDefault("3")
    @Min(0)
    @Max(10)
    int retries();

    /** After which time it is; each further time waits twice as long. */
    @WithDefault("PT4H")
    Duration retryAfter();
  }

  /** Email alone: the mail server that takes it. */
  interface EmailConfig {
    @WithDefault("localhost")
    String host();

    @WithDefault("25")
    @Min(1)
    @Max(65_535)
    int port();

    /** With which to log in; without it nobody logs in. */
    Optional<String> user();

    Optional<String> password();

    /** Whether a connection becomes TLS after its first words (RFC 3207), usual on 25 and 587. */
    @WithDefault("OPTIONAL")
    StartTls startTls();

    /** TLS from the first byte on (RFC 8314, 3.3), usual on port 465. */
    @WithDefault("false")
    boolean tls();

    /** What to do about a server that can or cannot change to TLS. */
    enum StartTls {
      /** Never. */
      DISABLED,
      /** Where the server offers it. */
      OPTIONAL,
      /** Nothing is sent to a server that does not. */
      REQUIRED;

      public boolean isTried() {
        return this != DISABLED;
      }

      public boolean isNeeded() {
        return this == REQUIRED;
      }
    }

    /** Messages, and so connections to the mail server, under way at once. */
    @WithDefault("32")
    @Min(1)
    @Max(1_000)
    int inFlight();

    /**
     * Messages that may begin in a minute, evenly, from this instance; without it as many as the
     * server takes.
     */
    Optional<@Min(1) @Max(1_000_000) Integer> perMinute();

    /**
     * Whose mail server it is: messages then carry a header or two by which the provider's
     * callbacks name them. None of it is personal.
     */
    @WithDefault("none")
    Provider provider();

    /** The closed set of them. */
    enum Provider {
      /** One that calls nobody back. */
      NONE,
      /** Amazon SES. */
      SES,
      /** Postmark. */
      POSTMARK,
      /** SendGrid. */
      SENDGRID
    }

    Callbacks callbacks();

    /**
     * How callbacks of the platform's own account at a provider are known for such. Organizations
     * have settings of their own: {@code /v1/email-callbacks}.
     */
    interface Callbacks {
      Ses ses();

      Postmark postmark();

      Sendgrid sendgrid();

      /** Amazon SES, by way of SNS. */
      interface Ses {
        /** The topic that the events go to; without it nothing is taken. */
        Optional<String> topicArn();

        /**
         * Whether messages are taken that are signed by SHA-1, as topics do until they are told to
         * use {@code SignatureVersion} 2. Holds for organizations' topics, too.
         */
        @WithDefault("false")
        boolean signatureVersion1();

        /** How old a message may be: SNS goes on trying for an hour at most. */
        @WithDefault("PT1H15M")
        Duration maxAge();
      }

      /** Postmark, which logs in. */
      interface Postmark {
        Optional<String> user();

        /** At least 24 letters and digits. */
        Optional<String> password();
      }

      /** SendGrid's Event Webhook. */
      interface Sendgrid {
        /** The verification key, as SendGrid shows it. */
        Optional<String> publicKey();

        /**
         * How old a signature may be. A list that comes twice changes nothing, and one that is
         * refused is lost; SendGrid goes on trying for a day.
         */
        @WithDefault("P1D")
        Duration maxAge();
      }
    }

    /**
     * By organization, the domains (with those below them) that it may write from over this server.
     * They must be the organization's, and the server must sign for them (DKIM).
     */
    Map<String, List<String>> allowedSenderDomains();
  }

  /** SMS alone. */
  interface Sms {
    /** Who takes the messages. */
    @WithDefault("none")
    Provider provider();

    Limits limits();

    Twilio twilio();

    Smpp smpp();

    /** The closed set of providers. */
    enum Provider {
      /** Nobody: every SMS fails and says so. */
      NONE,
      /** A table that the quickstart shows; nothing is sent. */
      TABLE,
      /** Twilio, or whoever speaks as it does. */
      TWILIO,
      /** An SMSC. */
      SMPP
    }

    /** What each organization may have at most; its own settings can say less. */
    interface Limits {
      /** Segments in a day of UTC; without it any number. */
      Optional<@Min(0) Integer> segmentsPerDay();

      /** Segments in a month of UTC; without it any number. */
      Optional<@Min(0) Integer> segmentsPerMonth();

      /** To which countries, by ISO 3166-1 code; without it to all. */
      Optional<Set<String>> countries();
    }

    /** Twilio's Programmable Messaging API of 2010-04-01. */
    interface Twilio {
      /** Where it is, without a trailing slash. */
      @WithDefault("https://api.twilio.com")
      @Pattern(regexp = "https?://[^/?#\\s]+(/[^?#\\s]*[^/?#\\s])?")
      String baseUrl();

      Optional<@Pattern(regexp = "[A-Za-z0-9_-]{1,64}") String> accountSid();

      /** Logs in, and signs what is called back. */
      Optional<String> authToken();

      /** The number or name that messages come from; this or {@link #messagingServiceSid}. */
      Optional<String> from();

      /** The messaging service that chooses it. */
      Optional<String> messagingServiceSid();

      /** Requests under way at once. */
      @WithDefault("20")
      @Min(1)
      @Max(1_000)
      int inFlight();

      /** Segments handed over in a second by this instance, whatever Twilio would queue. */
      @WithDefault("10")
      @Min(1)
      @Max(10_000)
      int perSecond();
    }

    /** SMPP 3.4, bound as transceiver. */
    interface Smpp {
      @WithDefault("localhost")
      String host();

      @WithDefault("2775")
      @Min(1)
      @Max(65_535)
      int port();

      /** TLS from the first byte on. */
      @WithDefault("false")
      boolean tls();

      Optional<@Size(max = 15) String> systemId();

      /** SMPP has room for 8 characters. */
      Optional<@Size(max = 8) String> password();

      Optional<@Size(max = 12) String> systemType();

      /** Whom messages come from; without it the SMSC decides. */
      Optional<@Size(max = 20) String> source();

      /** Its type of number (SMPP 3.4, 5.2.5): 5 is a name, 1 an international number. */
      @WithDefault("5")
      @Min(0)
      @Max(6)
      int sourceTon();

      /** Its numbering plan (SMPP 3.4, 5.2.6): 0 for names, 1 for telephone numbers. */
      @WithDefault("0")
      @Min(0)
      @Max(18)
      int sourceNpi();

      /** After which silence of the SMSC it is asked whether it is there. */
      @WithDefault("PT30S")
      Duration enquireLink();

      /** Segments without an answer at once. */
      @WithDefault("10")
      @Min(1)
      @Max(1_000)
      int window();

      /** Segments handed over in a second by this instance. */
      @WithDefault("10")
      @Min(1)
      @Max(10_000)
      int perSecond();

      /** How the ids in receipts differ from those in answers. */
      @WithDefault("same")
      ReceiptIds receiptIds();

      /**
       * The codes in receipts ({@code err:}) that say that a number will never work; their meaning
       * is the SMSC's. Messages with any other are sent once more.
       */
      Optional<Set<String>> lastingErrors();

      /** How an SMSC spells the id of a message, first in its answer and then in its receipt. */
      enum ReceiptIds {
        /** Both times in the same way. */
        SAME,
        /** Hexadecimal in the answer, decimal in the receipt. */
        HEX_THEN_DECIMAL,
        /** Decimal in the answer, hexadecimal in the receipt. */
        DECIMAL_THEN_HEX
      }
    }
  }
}
