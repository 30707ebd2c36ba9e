package dev.credmill.notification.email;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.PublicAddress;
import dev.credmill.notification.email.identity.OwnServer;
import dev.credmill.notification.email.identity.Passwords;
import dev.credmill.notification.email.identity.SenderIdentity;
import dev.credmill.notification.server.OwnServers;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocketFactory;

/**
 * Connections to the platform's mail server, and apart from them those to each organization's own,
 * for as long as its settings are the same.
 */
@ApplicationScoped
class MailServers {
  private record Own(long version, Connections connections) {}

  private final Connections platform;
  private final Map<OrganizationId, Own> own = new ConcurrentHashMap<>();

  /** Those on which a last message is under way. */
  private final Set<Connections> retired = ConcurrentHashMap.newKeySet();

  private final Set<Connections> trials = ConcurrentHashMap.newKeySet();

  private final OwnServers servers;
  private final Passwords passwords;
  private final String greeting;
  private final Duration patience;

  MailServers(
      PlatformServer platform,
      OwnServers servers,
      Passwords passwords,
      PublicAddress address,
      NotificationConfig config) {
    this.platform = new Connections(platform);
    this.servers = servers;
    this.passwords = passwords;
    this.greeting = address.messageIdDomain();
    this.patience = config.sendTimeout();
  }

  Connections platform() {
    return platform;
  }

  /** Those over which an organization's messages go. */
  Connections of(SenderIdentity identity) {
    if (identity.server() == null) {
      return platform;
    }
    Own there = own.get(identity.organization());
    return there != null && there.version >= identity.version()
        ? there.connections
        : own.compute(identity.organization(), (_, before) -> newer(before, identity)).connections;
  }

  /** Versions only grow, so whoever still has the settings of before opens nothing for them. */
  private Own newer(Own before, SenderIdentity identity) {
    if (before != null && before.version >= identity.version()) {
      return before;
    }
    if (before != null) {
      retire(before.connections);
    }
    return new Own(identity.version(), to(identity.server()));
  }

  private void retire(Connections old) {
    old.retire();
    retired.add(old);
  }

  /** Says why an organization's messages could not go over its server; empty where they can. */
  Optional<String> trial(SenderIdentity identity) {
    Connections trial = to(identity.server());
    trials.add(trial);
    try {
      return trial.trial(
          identity.bounces() == null ? identity.from() : identity.bounces().address(),
          identity.from());
    } finally {
      trials.remove(trial);
    }
  }

  private Connections to(OwnServer server) {
    return new Connections(
        new ForeignServer(
            server,
            servers,
            passwords,
            greeting,
            patience,
            (SSLSocketFactory) SSLSocketFactory.getDefault()));
  }

  @Scheduled(
      identity = "notification-mail-connections",
      every = "1s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    retired.removeIf(Connections::isUnused);
    own.values().removeIf(this::isForgotten);
    platform.sweep();
    trials.forEach(Connections::sweep);
    retired.forEach(Connections::sweep);
    own.values().forEach(one -> one.connections.sweep());
  }

  private boolean isForgotten(Own one) {
    boolean isUnused = one.connections.isUnused();
    if (isUnused) {
      // Somebody may be just about to use it.
      retire(one.connections);
    }
    return isUnused;
  }

  @PreDestroy
  void close() {
    platform.close();
    trials.forEach(Connections::close);
    retired.forEach(Connections::close);
    own.values().forEach(one -> one.connections.close());
  }
}
