package dev.credmill.notification.callback;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.credmill.contracts.id.OrganizationId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * The organizations' own accounts. Calls go by what was there 5 seconds ago, so that strangers cost
 * no query each.
 */
@ApplicationScoped
class OrganizationCallbacks {
  private static final Duration OLDEST = Duration.ofSeconds(5);
  private static final int MOST = 10_000;

  private record Account(OrganizationId organization, Provider provider) {}

  private final Cache<Account, Optional<CallbackSettings>> known =
      Caffeine.newBuilder().expireAfterWrite(OLDEST).maximumSize(MOST).build();

  private final CallbackTable table;
  private final Clock clock;

  OrganizationCallbacks(CallbackTable table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /** What calls go by. */
  Optional<CallbackSettings> find(OrganizationId organization, Provider provider) {
    return known.get(new Account(organization, provider), this::load);
  }

  private Optional<CallbackSettings> load(Account account) {
    try {
      return table.find(account.organization, account.provider);
    } catch (SQLException e) {
      throw new IllegalStateException("the settings of callbacks could not be read", e);
    }
  }

  /** As they are kept. */
  Optional<CallbackSettings> get(OrganizationId organization, Provider provider)
      throws SQLException {
    return table.find(organization, provider);
  }

  void put(OrganizationId organization, CallbackSettings settings) throws SQLException {
    table.put(organization, settings, clock.instant());
    known.invalidate(new Account(organization, settings.provider()));
  }

  /** Whether there were such settings. */
  boolean delete(OrganizationId organization, Provider provider) throws SQLException {
    boolean isGone = table.delete(organization, provider);
    known.invalidate(new Account(organization, provider));
    return isGone;
  }
}
