package dev.credmill.notification.email.identity;

import static java.util.stream.Collectors.toMap;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.network.Addresses;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.PublicAddress;
import dev.credmill.notification.email.trial.HourlyUse;
import dev.credmill.notification.server.OwnServers;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sender identities of all organizations. What is sent goes by what was there 5 seconds ago, so
 * that nothing is asked for a message.
 */
@ApplicationScoped
public class SenderIdentities {
  private static final Duration OLDEST = Duration.ofSeconds(5);
  private static final int MOST = 10_000;

  private final LoadingCache<OrganizationId, SenderIdentity> known =
      Caffeine.newBuilder().expireAfterWrite(OLDEST).maximumSize(MOST).build(this::load);

  private final SenderIdentityTable table;
  private final Passwords passwords;
  private final OwnServers servers;
  private final ServerTrial serverTrial;
  private final MailboxTrial mailboxTrial;
  private final HourlyUse use;
  private final Map<String, Domains> allowedDomains;
  private final Domains platform;
  private final Clock clock;

  SenderIdentities(
      SenderIdentityTable table,
      Passwords passwords,
      OwnServers servers,
      ServerTrial serverTrial,
      MailboxTrial mailboxTrial,
      HourlyUse use,
      PublicAddress platform,
      NotificationConfig config,
      Clock clock) {
    this.table = table;
    this.passwords = passwords;
    this.servers = servers;
    this.serverTrial = serverTrial;
    this.mailboxTrial = mailboxTrial;
    this.use = use;
    this.allowedDomains =
        config.email().allowedSenderDomains().entrySet().stream()
            .collect(toMap(Map.Entry::getKey, entry -> new Domains(entry.getValue())));
    this.platform = new Domains(platform.domains());
    this.clock = clock;
  }

  private SenderIdentity load(OrganizationId organization) {
    return table.find(organization).orElseGet(() -> SenderIdentity.none(organization));
  }

  /** As whom the organization writes; one that has said nothing writes as the platform. */
  public SenderIdentity of(OrganizationId organization) {
    return known.get(organization);
  }

  /** Those whose mailbox is to be read. */
  public List<SenderIdentity> withMailbox() {
    return table.withMailbox();
  }

  /** Whether the organization may write from that address over the platform's mail server. */
  public boolean mayWriteFrom(OrganizationId organization, String address) {
    return domains(organization).have(address);
  }

  /**
   * Whether the domain of that address is the platform's, or one that the operator knows for
   * another organization's: nobody else writes from there, whatever server takes it.
   */
  private boolean isOfOthers(OrganizationId organization, String address) {
    return !mayWriteFrom(organization, address)
        && (platform.have(address)
            || allowedDomains.values().stream().anyMatch(domains -> domains.have(address)));
  }

  private Domains domains(OrganizationId organization) {
    return allowedDomains.getOrDefault(organization.value(), Domains.NONE);
  }

  SenderIdentity get(OrganizationId organization) {
    return table.find(organization).orElseThrow(SenderIdentities::notFound);
  }

  /**
   * In place of the one there is.
   *
   * @param isTried whether it is only kept if its servers let us in
   */
  SenderIdentity put(OrganizationId organization, SenderIdentityRequest request, boolean isTried) {
    IdentityCheck.Checked checked =
        new IdentityCheck(
                request,
                address -> mayWriteFrom(organization, address),
                address -> isOfOthers(organization, address),
                servers)
            .run();
    Optional<SenderIdentity> before = table.find(organization);
    SenderIdentity identity = identity(organization, checked, request.perMinute(), before);
    if (identity.server() != null) {
      // Already the look-up of a name takes something from all.
      use.count(organization, HourlyUse.What.LOGIN);
    }
    identity
        .ownServer()
        .ifPresent(server -> mustBeReachable("server.host", server.host(), isTried));
    identity
        .ownMailbox()
        .ifPresent(mailbox -> mustBeReachable("bounces.host", mailbox.host(), isTried));
    if (isTried && identity.server() != null) {
      serverTrial.run(identity).ifPresent(words -> refuse("server", words));
      identity
          .ownMailbox()
          .flatMap(mailboxTrial::login)
          .ifPresent(words -> refuse("bounces", words));
    }
    keep(identity, before);
    known.invalidate(organization);
    return get(organization);
  }

  /** What was checked and tried holds for the one that was read, and for no later one. */
  private void keep(SenderIdentity identity, Optional<SenderIdentity> before) {
    Instant now = clock.instant();
    boolean isKept =
        before
            .map(replaced -> table.replace(replaced.version(), identity, now))
            .orElseGet(() -> table.insert(identity, now));
    if (!isKept) {
      throw ProblemType.CONFLICT.because(
          "Somebody else has changed the sender identity meanwhile; look at it, and send yours again if you still want to");
    }
  }

  void delete(OrganizationId organization) {
    if (!table.delete(organization)) {
      throw notFound();
    }
    known.invalidate(organization);
  }

  /** Whatever was asked before, the next message goes by what is there now. */
  void forget(OrganizationId organization) {
    known.invalidate(organization);
  }

  private SenderIdentity identity(
      OrganizationId organization,
      IdentityCheck.Checked checked,
      Integer perMinute,
      Optional<SenderIdentity> before) {
    IdentityCheck.Account server = checked.server();
    IdentityCheck.BouncesChecked bounces = checked.bounces();
    Instant now = clock.instant();
    return new SenderIdentity(
        organization,
        0,
        checked.from(),
        checked.fromName(),
        checked.replyTo(),
        server == null
            ? null
            : new OwnServer(
                server.host(),
                server.port(),
                server.security(),
                server.user(),
                server.user() == null
                    ? null
                    : password(
                        "server.password",
                        server.password(),
                        SealedPassword.ofServer(organization, server.user(), server.host()),
                        before
                            .flatMap(SenderIdentity::ownServer)
                            .filter(kept -> mayHear(server.security(), kept.security()))
                            .map(OwnServer::password))),
        bounces == null
            ? null
            : new Bounces(
                bounces.address(),
                bounces.mailbox() == null
                    ? null
                    : mailbox(
                        organization,
                        bounces,
                        before
                            .flatMap(SenderIdentity::ownMailbox)
                            .filter(kept -> mayHear(bounces.mailbox().security(), kept.security()))
                            .map(OwnMailbox::password))),
        perMinute,
        now,
        now);
  }

  private OwnMailbox mailbox(
      OrganizationId organization,
      IdentityCheck.BouncesChecked bounces,
      Optional<SealedPassword> before) {
    IdentityCheck.Account account = bounces.mailbox();
    return new OwnMailbox(
        account.host(),
        account.port(),
        account.security(),
        account.user(),
        password(
            "bounces.password",
            account.password(),
            SealedPassword.ofMailbox(organization, account.user(), account.host()),
            before),
        bounces.folder());
  }

  /** Whoever has a password said in the clear shall know it. */
  private static boolean mayHear(Security now, Security before) {
    return now != Security.NONE || before == Security.NONE;
  }

  /** The one that was entered, else the one there is: it has the same name for the same account. */
  private SealedPassword password(
      String field, String entered, String name, Optional<SealedPassword> before) {
    return entered == null
        ? before
            .filter(kept -> kept.name().equals(name))
            .orElseThrow(
                () ->
                    problem(
                        ProblemType.SENDER_IDENTITY_INVALID,
                        field,
                        "missing",
                        "Write the password: there is none yet for this host and user, or it was never said without TLS so far"))
        : passwords.seal(entered, name);
  }

  /** Where nothing is tried, the name may be published later; a forbidden address is one now. */
  private void mustBeReachable(String field, String host, boolean isTried) {
    try {
      servers.addresses(host);
    } catch (UnknownHostException e) {
      if (isTried) {
        throw problem(
            ProblemType.MAIL_SERVER_REFUSED,
            field,
            "unknown-host",
            "The name of the host has no address; publish it first");
      }
    } catch (Addresses.Refused e) {
      throw problem(
          ProblemType.MAIL_SERVER_REFUSED,
          field,
          "address",
          "The host's address is private, local, reserved or our own mail server's; name a server in the Internet");
    }
  }

  private static void refuse(String field, String words) {
    throw problem(ProblemType.MAIL_SERVER_REFUSED, field, "login", words);
  }

  private static ProblemException problem(
      ProblemType type, String field, String code, String message) {
    return type.because(List.of(new Problem.Fault(field, code, message)));
  }

  static ProblemException notFound() {
    return ProblemType.NOT_FOUND.because(
        "The organization has no sender identity, so its messages come from ours; PUT /v1/sender-identity makes one");
  }
}
