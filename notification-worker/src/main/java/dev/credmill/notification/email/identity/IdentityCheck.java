package dev.credmill.notification.email.identity;

import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.notification.server.OwnServers;
import java.net.IDN;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.commons.validator.routines.EmailValidator;

/** Everything that keeps a request from being a sender identity, told at once. */
final class IdentityCheck {
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_USER = 320;
  private static final int LONGEST_PASSWORD = 1_000;
  private static final int LONGEST_FOLDER = 200;
  private static final int MOST_PER_MINUTE = 1_000_000;

  /** A local part has 64 characters at most (RFC 5321, 4.5.3.1.1), of which an id takes 33. */
  private static final int LONGEST_BOUNCES = 31;

  /** No SMTPUTF8 is spoken, and no quotes. */
  private static final Pattern LOCAL = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}");

  private static final Pattern HOST =
      Pattern.compile("(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
  private static final Pattern CONTROL =
      Pattern.compile("[\\p{Cntrl}\\u0080-\\u009F\\u2028\\u2029]");

  private final List<Problem.Fault> faults = new ArrayList<>();
  private final SenderIdentityRequest request;
  private final Predicate<String> isAllowed;
  private final Predicate<String> isOfOthers;
  private final OwnServers servers;

  /**
   * @param isAllowed whether an address may be written from over the platform's server
   * @param isOfOthers whether it may not over any
   */
  IdentityCheck(
      SenderIdentityRequest request,
      Predicate<String> isAllowed,
      Predicate<String> isOfOthers,
      OwnServers servers) {
    this.request = request;
    this.isAllowed = isAllowed;
    this.isOfOthers = isOfOthers;
    this.servers = servers;
  }

  /**
   * What was entered, with what follows from it filled in; passwords are looked at elsewhere.
   *
   * @throws ProblemException with all that is to be corrected
   */
  Checked run() {
    Checked checked =
        new Checked(
            address("from", request.from()).orElse(null),
            name(),
            address("replyTo", request.replyTo()).orElse(null),
            server(),
            bounces());
    if (request.server() == null) {
      withoutServer();
    } else {
      withServer(checked);
    }
    if (request.perMinute() != null
        && (request.perMinute() < 1 || request.perMinute() > MOST_PER_MINUTE)) {
      fault("perMinute", "range", "It goes from 1 to %,d".formatted(MOST_PER_MINUTE));
    }
    if (!faults.isEmpty()) {
      throw ProblemType.SENDER_IDENTITY_INVALID.because(faults);
    }
    return checked;
  }

  /** What was entered, once it is known to be right. */
  record Checked(
      String from, String fromName, String replyTo, Account server, BouncesChecked bounces) {}

  /**
   * An account at a server.
   *
   * @param password null for the one there is
   */
  record Account(String host, int port, Security security, String user, String password) {
    /** Never says what is secret. */
    @Override
    public String toString() {
      return user + " at " + host;
    }
  }

  /**
   * @param mailbox null where nobody reads it
   */
  record BouncesChecked(String address, Account mailbox, String folder) {}

  private void withoutServer() {
    if (request.from() != null && !isAllowed.test(request.from())) {
      fault(
          "from",
          "foreign-domain",
          "Over our mail server you write from our address: mail of your domain from there would be taken for forged. Name your own server, or ask the operator to allow the domain; fromName and replyTo need neither");
    }
    if (request.bounces() != null) {
      fault(
          "bounces", "without-server", "What goes over our server comes back to us; name a server");
    }
    if (request.perMinute() != null) {
      fault("perMinute", "without-server", "It is for your own server; name one");
    }
    if (request.from() == null && request.fromName() == null && request.replyTo() == null) {
      fault(
          "from", "missing", "Write from, fromName, replyTo or a server; DELETE goes back to ours");
    }
  }

  private void withServer(Checked checked) {
    if (request.from() == null) {
      fault("from", "missing", "Write the address that messages over your server come from");
    }
    mustNotBeOfOthers("from", checked.from());
    if (checked.bounces() != null) {
      mustNotBeOfOthers("bounces.address", checked.bounces().address());
    }
  }

  private void mustNotBeOfOthers(String field, String address) {
    if (address != null && isOfOthers.test(address)) {
      fault(
          field,
          "foreign-domain",
          "Nobody writes from our domain, or from one that is known for another organization's; write an address in your own");
    }
  }

  private String name() {
    String name = request.fromName();
    if (name == null) {
      return null;
    }
    if (name.isBlank() || name.length() > LONGEST_NAME || CONTROL.matcher(name).find()) {
      fault(
          "fromName",
          "text",
          "Write 1 to %d characters in one line, or leave it out".formatted(LONGEST_NAME));
    }
    return name.strip();
  }

  /** The address in ASCII. */
  private Optional<String> address(String field, String text) {
    if (text == null) {
      return Optional.empty();
    }
    Optional<String> address = ascii(text.strip());
    if (address.isEmpty()) {
      fault(field, "address", "Write an email address such as diplomas@acme.example.com");
    }
    return address;
  }

  private static Optional<String> ascii(String text) {
    int at = text.lastIndexOf('@');
    if (at < 0 || !LOCAL.matcher(text.substring(0, at)).matches()) {
      return Optional.empty();
    }
    return domain(text.substring(at + 1))
        .map(domain -> text.substring(0, at + 1) + domain)
        .filter(EmailValidator.getInstance()::isValid);
  }

  private static Optional<String> domain(String text) {
    try {
      return Optional.of(IDN.toASCII(text)).filter(domain -> HOST.matcher(domain).matches());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private Account server() {
    SenderIdentityRequest.Server server = request.server();
    if (server == null) {
      return null;
    }
    Security given = server.security();
    int port =
        server.port() == null
            ? (given == null ? Security.STARTTLS : given).usualPort()
            : server.port();
    Security security = given == null ? Security.usualAt(port) : given;
    if (!servers.takesMailAt(port)) {
      fault(
          "server.port",
          "port",
          "Mail servers are written to at 465, 587 or 2525; the operator can allow other ports");
    }
    String host = host("server.host", server.host());
    if (server.user() == null && (server.password() != null || servers.mustBeLoggedInTo(host))) {
      fault(
          "server.user",
          "missing",
          "Write with which user to log in: a server that takes mail without shows nothing of whose it is. The operator can allow those");
    }
    account("server", server.user(), server.password());
    return new Account(host, port, security, server.user(), server.password());
  }

  private BouncesChecked bounces() {
    SenderIdentityRequest.Mailbox bounces = request.bounces();
    if (bounces == null) {
      return null;
    }
    Optional<String> address = address("bounces.address", bounces.address());
    if (bounces.address() == null) {
      fault("bounces.address", "missing", "Write the address that messages come back to");
    } else if (address.filter(one -> one.lastIndexOf('@') > LONGEST_BOUNCES).isPresent()) {
      fault(
          "bounces.address",
          "too-long",
          "What is before the @ has %d characters at most; we add an id"
              .formatted(LONGEST_BOUNCES));
    }
    if (bounces.host() == null) {
      if (bounces.user() != null || bounces.password() != null) {
        fault("bounces.host", "missing", "A user goes with the host of a mailbox");
      }
      return new BouncesChecked(address.orElse(null), null, null);
    }
    Security given = bounces.security();
    int port =
        bounces.port() == null
            ? (given == null ? Security.TLS : given).usualPortOfMailbox()
            : bounces.port();
    Security security = given == null ? Security.usualForMailboxAt(port) : given;
    if (!servers.isMailboxAt(port)) {
      fault(
          "bounces.port",
          "port",
          "Mailboxes are read at 143 or 993; the operator can allow other ports");
    }
    if (bounces.user() == null) {
      fault("bounces.user", "missing", "Write with which user to log in");
    }
    account("bounces", bounces.user(), bounces.password());
    String folder = bounces.folder() == null ? "INBOX" : bounces.folder();
    if (folder.isBlank() || folder.length() > LONGEST_FOLDER || CONTROL.matcher(folder).find()) {
      fault(
          "bounces.folder",
          "text",
          "Write 1 to %d characters in one line".formatted(LONGEST_FOLDER));
    }
    return new BouncesChecked(
        address.orElse(null),
        new Account(
            host("bounces.host", bounces.host()),
            port,
            security,
            bounces.user(),
            bounces.password()),
        folder);
  }

  private void account(String field, String user, String password) {
    if (user != null
        && (user.isBlank() || user.length() > LONGEST_USER || CONTROL.matcher(user).find())) {
      fault(
          field + ".user", "text", "Write 1 to %d characters in one line".formatted(LONGEST_USER));
    }
    if (password != null
        && (password.isEmpty()
            || password.length() > LONGEST_PASSWORD
            || CONTROL.matcher(password).find())) {
      fault(
          field + ".password",
          "text",
          "Write 1 to %,d characters in one line".formatted(LONGEST_PASSWORD));
    }
  }

  private String host(String field, String text) {
    Optional<String> host =
        Optional.ofNullable(text).map(String::strip).flatMap(IdentityCheck::hostName);
    if (host.isEmpty()) {
      fault(field, "host", "Write the name of a host such as smtp.acme.example.com");
    }
    return host.orElse("");
  }

  private static Optional<String> hostName(String text) {
    if (text.indexOf(':') >= 0) {
      try {
        return Optional.of(InetAddress.ofLiteral(text)).map(InetAddress::getHostAddress);
      } catch (IllegalArgumentException _) {
        return Optional.empty();
      }
    }
    return domain(text);
  }

  private void fault(String field, String code, String message) {
    faults.add(new Problem.Fault(field, code, message));
  }
}
